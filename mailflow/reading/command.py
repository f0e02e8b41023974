"""The owner's instructions: one table of keywords, each with the shape of what follows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

from mailflow.model import command as c
from mailflow.model.closing import own_lines, without_prefix
from mailflow.model.interaction import Deed
from mailflow.model.steering import Overview
from mailflow.model.text import folded, printable
from mailflow.model.when import day, when
from mailflow.reading import (
    command_introduce,
    command_introductions,
    command_met,
    command_steer,
    command_write,
    correction,
)
from mailflow.reading import command_shapes as shape
from mailflow.reading.cards import line as card_line
from mailflow.reading.cards.line_form import as_met
from mailflow.reading.sentences import GREETINGS

__all__ = ["HELP", "day", "read", "when"]

MAX_INSTRUCTIONS = 200
MAX_LINE = 4000
MAX_LINES = 16
"""An introduction with its reasons and wishes, each on a line, blank ones between."""

MAX_MARKS = 8
MAX_GREETING = 3
BULLETS = "-*•·> \t"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the grammar: the words that start it, how it is written, what it does."""

    keywords: tuple[str, ...]
    usage: str
    does: str
    shape: shape.Shape


def _verdict(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """A decision that answers nothing: only when the line is nothing else."""
    is_bare = all(word.strip(",.!#").isdecimal() or word in {"all", "it"} for word in rest.split())
    is_bare = is_bare or when(rest, now, zone) is not None
    return c.Unclear(printable(rest), NO_DRAFT) if is_bare else None


TABLE: tuple[Rule, ...] = (
    Rule(("met",), "met NAME <ADDRESS>, TITLE at COMPANY @EVENT #tag: notes; wants …; promised …",
         "add a person, or log that you met one you know (met A: …); either through B",
         command_met.met),
    Rule(("introduce", "intro", "connect"), command_introduce.USAGE,
         "ask both, each blind, and introduce them when both said yes", shape.alone(c.Help())),
    Rule(("introduction",), command_introductions.RULE,
         "say what an answer means, or what came of it", command_introductions.rule),
    Rule(("cancel", "stop"), command_introductions.CANCEL, "end an introduction",
         command_introductions.cancel),
    Rule(("never",), command_introductions.NEVER, "keep A out of introductions",
         command_introductions.never),
    Rule(("may",), command_introductions.MAY, "take a never back", command_introductions.may),
    Rule(("call", "called"), "call A: what was said", "log a call",
         shape.log(Deed.CALL, needs_text=False)),
    Rule(("coffee", "lunch", "dinner"), "coffee A: what was said", "log a coffee, a lunch, a walk",
         shape.log(Deed.COFFEE, needs_text=False)),
    Rule(("gave",), "gave A: what you gave", "log a favour you did",
         shape.log(Deed.GAVE, needs_text=True)),
    Rule(("got",), "got A: what you got", "log a favour they did you",
         shape.log(Deed.GOT, needs_text=True)),
    Rule(("promised", "promise"), "promised A: what, by DATE", "keep a promise in mind",
         shape.promise),
    Rule(("done",), "done 3", "tick off the promise with that number", shape.done),
    Rule(("referral",), "referral A: what came of it [value 5000]", "record what came of a contact",
         shape.referral),
    Rule(("every",), "every A 3w, or every #tag 8w", "hear from them that often", shape.every),
    Rule(("tier",), "tier A inner|key|wide|none, or tier #tag key", "how close they are kept",
         shape.tier),
    Rule(("pause",), "pause A 2w, pause #tag 2w, or pause all until DATE",
         "write nothing for a while", shape.pause),
    Rule(("resume", "unpause"), "resume A, resume #tag, or resume all", "end a pause",
         command_steer.resume),
    Rule(("band",), command_steer.BAND,
         "how close you are to somebody you mostly meet; off leaves A out of the scoring",
         command_steer.band),
    Rule(("focus",), "focus A, or focus", "put A on the focus list, or take A off it; the list",
         command_steer.focus),
    Rule(("quiet",), "quiet", "ties gone quiet, the once-warm first",
         command_steer.look(Overview.QUIET)),
    Rule(("budget",), "budget", "what this week still has room for",
         command_steer.look(Overview.BUDGET)),
    Rule(("write",), command_write.USAGE, "draft a mail to A now", command_write.write),
    Rule(("forget",), "forget A", "erase A and never write again", shape.about(c.Forget)),
    Rule(("allow", "unblock"), "allow A", "let A be written to again after a stop or a bounce",
         shape.about(c.Allow)),
    Rule(("export",), "export A", "all that is kept about A", shape.about(c.Export)),
    Rule(("who",), "who A", "what is known about A", shape.about(c.Who)),
    Rule(("why",), "why A", "what was decided about A, and why", shape.about(c.Why)),
    Rule(correction.KEYWORDS, correction.USAGE, correction.DOES, shape.alone(c.Help())),
    Rule(("undo",), "undo", "take back the last ok, card or correction", shape.alone(c.Undo())),
    Rule(("help", "commands"), "help", "this list", shape.alone(c.Help())),
    Rule(("ok", "yes", "okay", "send", "approve", "skip", "no", "drop", "later"),
         "ok, skip or later 3d in an answer to the mail that asked", "decide on a draft", _verdict),
)  # fmt: skip

HELP: tuple[tuple[str, str], ...] = tuple((rule.usage, rule.does) for rule in TABLE)
"""How each instruction is written and what it does, for the help letter."""

BY_KEYWORD: dict[str, Rule] = {word: rule for rule in TABLE for word in rule.keywords}


NO_DRAFT = (
    "I cannot tell which draft that is for: answer the mail that shows the draft, or Monday's "
    "summary by its numbers."
)
STOPPED = "I do not understand this line and read no further; what stands below it was not done."


def read(text: str, subject: str, *, now: datetime, zone: ZoneInfo) -> tuple[c.Instruction, ...]:
    """The instructions at the top of the owner's new text, in order, up to the first prose.

    `text` has its quotes cut; the subject counts only when there is no text of the owner's own.
    `now` is aware, `zone` the owner's: days are counted there. A line that looks like an
    instruction and cannot be followed becomes Unclear; prose gives nothing. A line of nothing but
    `@EVENT` and `#tag` is for every person of the mail.
    """
    lines = [line.strip() for line in own_lines(text)]
    if not any(lines):
        lines = [without_prefix(subject)]
    found: list[c.Instruction] = []
    shared: list[str] = []
    at = _past_greeting(lines)
    while at < len(lines):
        if not lines[at] or _is_marks(lines[at]):
            shared += [lines[at]] if lines[at] else []
            at += 1
            continue
        if len(found) == MAX_INSTRUCTIONS:
            reason = f"I read {MAX_INSTRUCTIONS} lines a mail; send the rest again, from this one."
            found.append(c.Instruction(lines[at], c.Unclear(lines[at], reason)))
            break
        command, used = _one(lines[at : at + MAX_LINES], now, zone)
        if command is None:
            if found and _goes_on(lines[at + 1 :], now, zone):
                found.append(c.Instruction(lines[at], c.Unclear(lines[at], STOPPED)))
            break
        found.append(c.Instruction(" ".join(lines[at : at + used]), command))
        at += used
    return _marked(found, "\n".join(shared))


def _goes_on(lines: Sequence[str], now: datetime, zone: ZoneInfo) -> bool:
    """Whether below the prose there are instructions, which nobody will carry out."""
    return any(_one(lines[at : at + 1], now, zone)[0] is not None for at in range(len(lines[:50])))


def _one(lines: Sequence[str], now: datetime, zone: ZoneInfo) -> tuple[c.Command | None, int]:
    """The instruction in the first line and the number of lines it took; None for prose."""
    line = lines[0].lstrip(BULLETS)[:MAX_LINE]
    line = as_met(line) or line
    rest = line.partition(" ")[2].strip()
    rule = BY_KEYWORD.get(_keyword(line))
    if rule is not None and rule.keywords[0] == "introduce" and rest.lstrip("#")[:1].isdigit():
        rule = BY_KEYWORD["introduction"]
    told = command_met.introduced(line, now, zone) if rule is None else None
    if isinstance(told, c.Met | c.Log):
        return told, 1
    if rule is None or rule.usage == correction.USAGE:
        return _correction(line)
    if rule.usage == command_introduce.USAGE:
        below = takewhile(lambda line: _keyword(line) not in BY_KEYWORD.keys() - {"why"}, lines[1:])
        return command_introduce.read([rest, *below])
    command = rule.shape(rest.rstrip(" .!") if ":" not in rest else rest, now, zone)
    if isinstance(command, str):
        reason = f"{command[:1].upper()}{command[1:]} Write “{rule.usage}”."
        return c.Unclear(printable(line), reason), 1
    return command, 1


def _correction(line: str) -> tuple[c.Command | None, int]:
    """`email: …`, `2 name: …`."""
    found = correction.read(line)
    if isinstance(found, str):
        advice = f"{found[:1].upper()}{found[1:]} Write “{correction.USAGE}”."
        return c.Unclear(printable(line), advice), 1
    return found, 0 if found is None else 1


def _past_greeting(lines: Sequence[str]) -> int:
    """Where the text goes on after `Hello mailflow,`; 0 without a greeting."""
    for at, line in enumerate(lines):
        if line:
            words = line.split()
            is_greeting = len(words) <= MAX_GREETING and folded(words[0]).strip(",!.") in GREETINGS
            return at + 1 if is_greeting and line[-1] in ",!." else 0
    return 0


def _is_marks(line: str) -> bool:
    """`@PyCon 2026 #founders`: an event, tags, or both, and nothing else."""
    first = line.lstrip(BULLETS)
    return first.startswith(("@", "#")) and ":" not in line and len(line.split()) <= MAX_MARKS


def _marked(found: list[c.Instruction], shared: str) -> tuple[c.Instruction, ...]:
    event, tags = card_line.marks(shared)
    if not event and not tags:
        return tuple(found)
    return tuple(
        replace(i, command=c.Met(card_line.marked(i.command.card, event, tags)))
        if isinstance(i.command, c.Met)
        else i
        for i in found
    )


def _keyword(line: str) -> str:
    return folded(line.lstrip(BULLETS)[:40].partition(" ")[0]).strip(".,:;!")

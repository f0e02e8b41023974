"""What may stand behind `write`: a person, and the mail that is wanted, with words for it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.model import command as c
from mailflow.model.demand import MAX_WORDS, Wanted, Write
from mailflow.model.text import folded, printable
from mailflow.reading.command_shapes import MAX_TEXT, person

USAGE = "write A, or write A: coffee next week|congratulate on …|how can i help|send something …"
UNKNOWN = (
    "no template of mine is called that; for words of your own, ask for any mail and answer the "
    "draft with them."
)

NAMES: tuple[tuple[tuple[str, ...], Wanted], ...] = (
    (("keep", "in", "touch"), Wanted.KEEP_IN_TOUCH),
    (("how", "can", "i", "help"), Wanted.HOW_CAN_I_HELP),
    (("help",), Wanted.HOW_CAN_I_HELP),
    (("send", "something"), Wanted.SEND_SOMETHING),
    (("send",), Wanted.SEND_SOMETHING),
    (("congratulate",), Wanted.CONGRATULATE),
    (("congratulations",), Wanted.CONGRATULATE),
    (("congrats",), Wanted.CONGRATULATE),
    (("a", "coffee"), Wanted.COFFEE),
    (("coffee",), Wanted.COFFEE),
)
"""How each mail may be called, the longer names first."""

MAX_CALLED = max(len(name) for name, kind in NAMES)

WITHOUT_WORDS = frozenset({Wanted.KEEP_IN_TOUCH, Wanted.HOW_CAN_I_HELP})
MISSING = {Wanted.CONGRATULATE: "on what?", Wanted.SEND_SOMETHING: "what is it?"}
"""What to ask when the words are missing that a mail cannot do without."""

ON = frozenset({"on", "for"})
WHOM = frozenset({"him", "her", "them"})
"""May stand between `congratulate` and `on`."""

MARKS = " ,;:.!?-–—|"
NO_NAME = frozenset({"down", "again", "soon", "then"})
MAX_NAME = 3
"""Words of a name before a mail that is asked for without a colon."""
SCHEMES = ("https://", "http://")


def write(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`A`, `to A`, `A: coffee`, `A coffee`; anything in which no person is named is prose."""
    head, _, text = rest.partition(":")
    head = head.strip()
    if head.lower().startswith("to "):
        head = head[3:]
    if not head:
        return "whom?"
    who = person(head)
    meant = _without_colon(head, text)
    if who is None or meant is None:
        return meant if who is None else wanted(who, text)
    said = wanted(who, text) if text.strip() else None
    if isinstance(said, Write):
        return said
    if isinstance(meant, Write) and meant.who != who:
        return replace(meant, whole=who)
    return meant


def _without_colon(head: str, text: str) -> Write | str | None:
    """`jane coffee next week` as one means it; None when no mail is named behind a short name."""
    tokens = head.split()
    for at in range(1, min(len(tokens), MAX_NAME + 1)):
        who = person(" ".join(tokens[:at]).strip(MARKS))
        if who is None or folded(tokens[at - 1]).strip(MARKS) in NO_NAME:
            return None
        if _kind(tokens[at:]) is not None:
            return wanted(who, " ".join([*tokens[at:], text]))
    return None


def _kind(tokens: list[str]) -> tuple[Wanted, int] | None:
    """Which mail the words begin with, and how many of them call it."""
    plain = [folded(token).strip(MARKS) for token in tokens[:MAX_CALLED]]
    for name, kind in NAMES:
        if tuple(plain[: len(name)]) == name:
            return kind, len(name)
    return None


def wanted(who: str, text: str) -> Write | str:
    """Which mail to them is asked for, with its words; the advice when it cannot be told."""
    tokens = printable(text, MAX_TEXT).split()
    if not tokens:
        return Write(who)
    if len(tokens[0].split("_")) > 1:
        tokens[:1] = tokens[0].split("_")
    found = _kind(tokens)
    if found is not None:
        kind, length = found
        return _with_words(who, kind, tokens[length:])
    return UNKNOWN


def _with_words(who: str, kind: Wanted, tokens: list[str]) -> Write | str:
    if kind is Wanted.CONGRATULATE:
        tokens = _behind_on(tokens)
    link = ""
    if kind is Wanted.SEND_SOMETHING:
        links = [token for token in tokens if token.lower().strip("<").startswith(SCHEMES)]
        link = links[0] if links else ""
        tokens = [token for token in tokens if token != link]
    words, _, because = " ".join(tokens).partition(" because ")
    if kind is not Wanted.SEND_SOMETHING:
        words, because = " ".join(tokens), ""
    words, because, link = words.strip(MARKS), because.strip(MARKS), link.strip("<>,;.")
    if kind in WITHOUT_WORDS and words:
        return "that mail has no place for words; answer the draft with yours."
    if not words and kind in MISSING:
        return MISSING[kind]
    if max(map(len, (words, because, link))) > MAX_WORDS:
        return f"use at most {MAX_WORDS} characters, a link as well; the draft can be made longer."
    return Write(who, kind, words, link, because)


def _behind_on(tokens: list[str]) -> list[str]:
    """The occasion, behind `on` or `her on`."""
    plain = [folded(token) for token in tokens[:2]]
    if plain[:1] and plain[0] in ON:
        return tokens[1:]
    return tokens[2:] if len(plain) == 2 and plain[0] in WHOM and plain[1] in ON else tokens

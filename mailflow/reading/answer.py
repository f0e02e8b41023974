"""What somebody answered to an ask, from their first own lines; a false yes must not happen."""

from datetime import date

from mailflow.model.answer import Answer, Say
from mailflow.model.day_words import WEEKDAYS
from mailflow.model.text import folded, printable
from mailflow.model.when import find
from mailflow.reading import sentences as split
from mailflow.reading.answer_words import (
    ASK_PHRASES,
    ASKS,
    CONDITIONS,
    DEFERS,
    DOUBTS,
    GIVES,
    HARMLESS,
    LATER_PHRASES,
    LEADS,
    MINE,
    NEUTRAL_STARTS,
    NO_HEADS,
    NO_PHRASES,
    NOT_A_NO,
    SUBJECTS,
    VERBS,
    YES_HEADS,
    YES_PHRASES,
)
from mailflow.reading.opt_out import says_stop
from mailflow.reading.sentences import Sentence

PHRASE_WORDS = frozenset(word for phrase in YES_PHRASES for word in phrase.split()) - VERBS

NO_IDEA = ("no se", "non lo so", "nao sei", "no one", "no lo se")
"""They begin like a no and say "I don't know"."""

MAX_NAMES = 3
"""Unknown capitalised words of a yes that are taken for names: "happy to meet Raj"."""

NEUTRAL = None
"""A sentence of courtesy: it says neither."""


def read(text: str, *, today: date) -> Answer:
    """The answer in `text` (the new text of the mail, quotes cut), seen from the day `today`.

    1. A wish never to be written to again is a stop. 2. Each of the first own sentences is read by
    itself; courtesy counts for nothing. 3. Yes holds only when every other sentence is harmless; a
    question, a condition, a doubt, or yes and no together go to the owner. A later carries the day
    that is named with it.
    """
    own = split.of(text)
    own = own[:-1] if len(own) > 1 and _is_name(own[-1]) else own
    said = [(sentence, _say(sentence)) for sentence in own]
    says = [say for _, say in said if say is not NEUTRAL]
    words = printable(" ".join(f"{s.written}{s.end}" for s in own), 200)
    if says_stop([s.words for s in own]):
        return Answer(Say.STOP, words)
    say = _together(says)
    on = _day(own, today) if say is Say.LATER else None
    return Answer(say, words, on)


def is_opt_out(text: str) -> bool:
    """Whether the text asks never to be written to again: "please remove me", "unsubscribe",
    "stop"; "please stop by on Friday" does not. Own words only, quotes are not read."""
    return says_stop([sentence.words for sentence in split.of(text)])


def _together(says: list[Say]) -> Say:
    """One answer out of the sentences' answers."""
    kinds = set(says)
    first = says[0] if says else Say.AMBIGUOUS
    if kinds == {Say.YES}:
        return Say.YES
    if first is Say.NO and Say.YES not in kinds:
        return Say.LATER if Say.LATER in kinds else Say.NO
    if Say.YES in kinds and Say.NO in kinds:
        return Say.AMBIGUOUS
    if Say.QUESTION in kinds:
        return Say.QUESTION
    if Say.CONDITIONAL in kinds:
        return Say.CONDITIONAL if first in {Say.YES, Say.CONDITIONAL} else Say.AMBIGUOUS
    if Say.LATER in kinds:
        return Say.LATER
    return Say.NO if Say.NO in kinds else Say.AMBIGUOUS


def _say(sentence: Sentence) -> Say | None:
    """What one sentence says; NEUTRAL for courtesy, ambiguous for what is not understood."""
    words = sentence.words.split()
    has_later = any(_holds(sentence.words, phrase) for phrase in LATER_PHRASES)
    if sentence.end == "?" or _asks(sentence.words, words):
        return Say.LATER if has_later and words[0] not in ASKS else Say.QUESTION
    is_yes = _begins_yes(words)
    if _is_no(sentence.words, words):
        return Say.LATER if has_later else Say.NO
    tied = set(words) & CONDITIONS | ({"si"} & set(words[1:]) if words[:1] == ["oui"] else set())
    if has_later or (is_yes and _puts_off(sentence)):
        return Say.CONDITIONAL if tied & {"if", "wenn", "falls", "unless"} else Say.LATER
    if tied and (is_yes or _depends(words)):
        return Say.CONDITIONAL
    if is_yes and sentence.end != "…":
        return Say.YES if _is_harmless(sentence) else Say.AMBIGUOUS
    is_courtesy = sentence.words.startswith(NEUTRAL_STARTS) and not tied and not _negates(words)
    if is_courtesy and not set(words) & DOUBTS:
        return NEUTRAL
    if not words or (set(words) <= HARMLESS - YES_HEADS and sentence.end != "…"):
        return NEUTRAL
    return Say.AMBIGUOUS


def _holds(text: str, phrase: str) -> bool:
    return f" {phrase} " in f" {text} "


def _asks(text: str, words: list[str]) -> bool:
    asked = bool(words) and words[0] in ASKS and words[:2] != ["why", "not"] and len(words) > 1
    return asked or any(_holds(text, phrase) for phrase in ASK_PHRASES)


def _begins_yes(words: list[str]) -> bool:
    """Whether the sentence is a yes from its first word on, thanks and praise before it aside."""
    for at, word in enumerate(words[:8]):
        rest = f"{' '.join(words[at:])} "
        if word in YES_HEADS or any(rest.startswith(f"{phrase} ") for phrase in YES_PHRASES):
            return words[:at] != ["oh"] or word in {"yes", "ja", "oui", "si", "sim"}
        if word not in LEADS:
            return words == ["love", "to"]
    return False


def _depends(words: list[str]) -> bool:
    return bool(
        set(words[:3]) & {"depends", "depend", "depende", "dipende", "kommt", "hangt"}
    ) and (words[0] != "my")


def _is_no(text: str, words: list[str]) -> bool:
    if set(words) & NOT_A_NO or any(_holds(text, phrase) for phrase in NO_IDEA):
        return False
    if any(_holds(text, phrase) for phrase in NO_PHRASES):
        return True
    heads = [w for w in words if w not in {"hmm", "oh", "sorry", "well", "thanks", "unfortunately"}]
    return bool(heads) and heads[0] in NO_HEADS and not set(words) & YES_HEADS


def _negates(words: list[str]) -> bool:
    return bool(set(words) & {"not", "no", "never", "cannot", "nicht", "kein", "pas", "non", "niet",
                              "nao", "unfortunately", "leider", "nothing", "neither"})  # fmt: skip


def _puts_off(sentence: Sentence) -> bool:
    """A day together with a word that defers: "sure, after June", "yes, in two weeks"."""
    named = find(sentence.written, date(2000, 1, 3))
    if named is None:
        return False
    words = set(folded(named[1]).split()) | set(sentence.words.split())
    return bool(words & DEFERS) or not words & WEEKDAYS.keys()


def _is_harmless(sentence: Sentence) -> bool:
    """Every word adds nothing, up to three names aside, each behind a word that takes one."""
    words = sentence.words.split()
    if any(_holds(sentence.words, f"let us {verb}") for verb in ("talk", "chat", "speak", "see")):
        return False
    names = 0
    capitals = {
        word
        for written in sentence.written.split()[1:]
        if written.strip("(\"“'")[:1].isupper() and not written.isupper()
        for word in split.spelt(written).split()
    }
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word in VERBS and at and before not in SUBJECTS | VERBS | YES_HEADS - {"sure"} | {"you"}:
            return False
        if word in VERBS and before == "you" and not set(words[at:]) & (GIVES | {"introduce"}):
            return False
        if word in GIVES and "my" not in words[at + 1 : at + 3]:
            return False
        is_mine = word in MINE and "my" in words[max(0, at - 3) : at]
        if is_mine or word in HARMLESS | YES_HEADS | PHRASE_WORDS | GIVES:
            continue
        is_behind = before in HARMLESS - YES_HEADS or before in capitals
        if word not in capitals or not is_behind or _is_doubt(word):
            return False
        names += 1
    return names <= MAX_NAMES


def _is_doubt(word: str) -> bool:
    return word in DOUBTS | CONDITIONS | NO_HEADS or word in WEEKDAYS or word.endswith("ly")


def _is_name(sentence: Sentence) -> bool:
    """A last line of a few capitalised words that mean nothing: the writer's name."""
    written = sentence.written.split()
    known = set(sentence.words.split()) & (HARMLESS | YES_HEADS | PHRASE_WORDS)
    return (
        0 < len(written) <= MAX_NAMES
        and not sentence.end
        and not known
        and all(w[:1].isupper() and w.strip(",.").replace("-", "").isalpha() for w in written)
        and not any(_is_doubt(w) or w in ASKS for w in sentence.words.split())
    )


def _day(own: list[Sentence], today: date) -> date | None:
    """The first day named in the sentences, after today."""
    found = (find(sentence.written, today) for sentence in own)
    return next((named[0] for named in found if named and named[0] > today), None)

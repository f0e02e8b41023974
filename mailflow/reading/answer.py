"""What somebody answered to an ask, from their first own lines; a false yes must not happen."""

from datetime import date

from mailflow.model.answer import Answer, Say
from mailflow.model.day_words import WEEKDAYS
from mailflow.model.text import folded, printable
from mailflow.model.when import find
from mailflow.reading import sentences as split
from mailflow.reading.answer_doubts import (
    ASK_PHRASES,
    ASKS,
    CONDITIONS,
    DEFERS,
    DOUBTS,
    LATER_PHRASES,
    NO_HEADS,
    NO_PHRASES,
    NOT_A_NO,
    TURNING_PHRASES,
    TURNS,
)
from mailflow.reading.answer_words import COURTESY, HARMLESS, NEUTRAL_STARTS, YES_HEADS
from mailflow.reading.answer_yes import begins, is_harmless, is_name
from mailflow.reading.opt_out import says_stop
from mailflow.reading.sentences import Sentence

NO_IDEA = ("no se", "non lo so", "nao sei", "no one", "no lo se")
"""They begin like a no and say "I don't know"."""

ANY_DAY = date(2000, 1, 3)

NEUTRAL = None
"""A sentence of courtesy: it says neither."""


def read(text: str, *, today: date) -> Answer:
    """The answer in `text` (the new text of the mail, quotes cut), seen from the day `today`.

    1. A wish never to be written to again is a stop. 2. Each of the first own sentences is read by
    itself; courtesy counts for nothing. 3. Yes holds only when every other sentence is harmless; a
    question, a condition, a doubt, or yes and no together go to the owner, and so does a yes with a
    second thought below the farewell. A later carries the day that is named with it.
    """
    parts = split.parted(text)
    own = parts.said
    own = own[:-1] if len(own) > 1 and is_name(own[-1]) else own
    says: list[Say] = []
    for sentence in own:
        say = _say(sentence, after_yes=Say.YES in says)
        if say is not NEUTRAL:
            says.append(say)
    words = printable(" ".join(f"{s.written}{s.end}" for s in own), 200)
    if says_stop([s.words for s in own]):
        return Answer(Say.STOP, words)
    say = _together(says)
    if say is Say.YES and (parts.is_cut or any(map(_is_second_thought, parts.below))):
        more = " ".join(f"{s.written}{s.end}" for s in parts.below)
        return Answer(Say.AMBIGUOUS, printable(f"{words} … {more}", 400))
    on = _day(own, today) if say is Say.LATER else None
    return Answer(say, words, on)


def is_opt_out(text: str) -> bool:
    """Whether the text asks never to be written to again: "please remove me", "unsubscribe",
    "stop"; "please stop by on Friday" does not. Own words only, quotes are not read."""
    return bool(opt_out_words(text))


def opt_out_words(text: str) -> str:
    """The first sentence that asks for it, as it was written, for the owner; empty without one."""
    found = next((s for s in split.of(text) if says_stop([s.words])), None)
    return printable(f"{found.written}{found.end}", 200) or "…" if found is not None else ""


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


def _is_second_thought(sentence: Sentence) -> bool:
    """Whether a sentence below the farewell may turn a yes, or says that another person wrote it;
    names, posts and addresses do not."""
    words = sentence.words.split()
    if any(_holds(sentence.words, phrase) for phrase in TURNING_PHRASES):
        return True
    say = _say(sentence, after_yes=True)
    turns = {Say.NO, Say.LATER, Say.QUESTION, Say.CONDITIONAL}
    return say in turns or (say is Say.AMBIGUOUS and bool(words) and words[0] in TURNS)


def _say(sentence: Sentence, *, after_yes: bool) -> Say | None:
    """What one sentence says; NEUTRAL for courtesy, ambiguous for what is not understood."""
    words = sentence.words.split()
    has_later = any(_holds(sentence.words, phrase) for phrase in LATER_PHRASES)
    if sentence.end == "?" or _asks(sentence.words, words):
        return Say.LATER if has_later and words[0] not in ASKS else Say.QUESTION
    is_yes = begins(words)
    if _is_no(sentence.words, words):
        return Say.LATER if has_later else Say.NO
    tied = _ties(sentence.words, words)
    if has_later or (is_yes and _puts_off(sentence)):
        return Say.CONDITIONAL if tied & {"if", "wenn", "falls", "unless"} else Say.LATER
    if tied and (is_yes or _depends(words)):
        return Say.CONDITIONAL
    if is_yes and sentence.end != "…":
        return Say.YES if _is_plain(sentence) else Say.AMBIGUOUS
    if _is_courtesy(sentence.words, after_yes=after_yes) or (after_yes and is_harmless(sentence)):
        return NEUTRAL
    if not words or (set(words) <= HARMLESS - YES_HEADS and sentence.end != "…"):
        return NEUTRAL
    return Say.AMBIGUOUS


def _is_plain(sentence: Sentence) -> bool:
    """A yes that is harmless as a whole, or whose first clause is and whose others are too or are
    courtesy: "yes please, he can reach me at jane@acme.io"."""
    if is_harmless(sentence):
        return True
    clauses = [
        Sentence(split.spelt(text), text.strip())
        for text in sentence.written.replace(" - ", ",").replace(" – ", ",").split(",")
        if text.strip()
    ]
    first, *others = clauses or [sentence]
    return (
        bool(others)
        and begins(first.words.split())
        and is_harmless(first)
        and all(
            _is_courtesy(clause.words, after_yes=True) or is_harmless(clause) for clause in others
        )
    )


def _is_courtesy(text: str, *, after_yes: bool) -> bool:
    """Thanks, good wishes, a kind word or a way to be reached, without any turn of mind. Behind a
    yes every word of it must be known: "thank you for ruining my day" is courtesy in form only."""
    words = text.split()
    if not text.startswith(NEUTRAL_STARTS):
        return False
    if _ties(text, words) - {"first"} or _negates(words) or set(words) & DOUBTS:
        return False
    known = HARMLESS | COURTESY | YES_HEADS
    return not after_yes or all(w in known or "@" in w or w[0].isdigit() for w in words)


def _ties(text: str, words: list[str]) -> set[str]:
    """The words that tie the sentence to a condition; thanks "for asking first" is none."""
    tied = set(words) & CONDITIONS
    if words[:1] == ["oui"] and "si" in words[1:]:
        tied.add("si")
    if _holds(text, "stel ons maar voor"):
        tied.discard("maar")
    if _holds(text, "for asking first") or _holds(text, "for checking first"):
        tied.discard("first")
    return tied


def _holds(text: str, phrase: str) -> bool:
    return f" {phrase} " in f" {text} "


def _asks(text: str, words: list[str]) -> bool:
    asked = bool(words) and words[0] in ASKS and words[:2] != ["why", "not"] and len(words) > 1
    return asked or any(_holds(text, phrase) for phrase in ASK_PHRASES)


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
    named = find(sentence.written, ANY_DAY)
    if named is None or named[0] <= ANY_DAY:
        return False
    words = set(folded(named[1]).split()) | set(sentence.words.split())
    return bool(words & DEFERS) or not words & WEEKDAYS.keys()


def _day(own: list[Sentence], today: date) -> date | None:
    """The first day named in the sentences, after today."""
    found = (find(sentence.written, today) for sentence in own)
    return next((named[0] for named in found if named and named[0] > today), None)


def _depends(words: list[str]) -> bool:
    return bool(
        set(words[:3]) & {"depends", "depend", "depende", "dipende", "kommt", "hangt"}
    ) and (words[0] != "my")

"""Whether a sentence is an unmistakable yes: it begins like one, and no word in it is unknown."""

from mailflow.model.day_words import WEEKDAYS
from mailflow.reading import sentences as split
from mailflow.reading.answer_doubts import ASKS, CONDITIONS, DOUBTS, NO_HEADS
from mailflow.reading.answer_words import (
    GIVES,
    HARMLESS,
    HARMLESS_PHRASES,
    INTENSIFIERS,
    LEADS,
    MINE,
    NOT_A_YES,
    SUBJECTS,
    VERBS,
    YES_HEADS,
    YES_PHRASES,
)
from mailflow.reading.sentences import Sentence

MAX_NAMES = 3
"""Unknown capitalised words of a yes that are taken for names: "happy to meet Raj"."""

PHRASE = "…"
"""Stands for a known run of words while a sentence is looked through."""

BEHIND_IN = frozenset({"too", "as", "and", "then", "thanks", "thank", "for", "-", "–", "👍"})
"""What may follow "I am in" and leave it a yes."""

BEFORE_A_VERB = SUBJECTS | VERBS | YES_HEADS - {"sure"} | {"you", PHRASE}

PHRASES = (
    {
        " ".join(w for w in phrase.split() if w not in INTENSIFIERS)
        for phrase in (*YES_PHRASES, *HARMLESS_PHRASES)
    }
    - HARMLESS
    - {""}
)
YES_RUNS = {
    " ".join(w for w in phrase.split() if w not in INTENSIFIERS) for phrase in YES_PHRASES
} - {""}
MAX_PHRASE = max(len(phrase.split()) for phrase in PHRASES)


def begins(words: list[str]) -> bool:
    """Whether the sentence is a yes from its first word on, thanks and praise before it aside."""
    words = [w for w in words if w not in INTENSIFIERS or words == [w]] or words
    for at, word in enumerate(words[:8]):
        runs = (" ".join(words[at : at + length]) for length in range(1, MAX_PHRASE + 1))
        if word in YES_HEADS or any(run in YES_RUNS for run in runs):
            return words[:at] != ["oh"] or word in {"yes", "ja", "oui", "si", "sim"}
        is_called = bool(at) and words[at - 1] in {"you", "thanks", "hi", "hello", "hey"}
        is_called = is_called and bool(set(words[at + 1 : at + 2]) & YES_HEADS)
        if word not in LEADS and not is_called:
            return words == ["love", "to"]
    return False


def is_harmless(sentence: Sentence) -> bool:
    """Every word adds nothing, up to three names aside, each behind a word that takes one."""
    if any(f" {phrase} " in f" {sentence.words} " for phrase in NOT_A_YES):
        return False
    if _is_somewhere(sentence):
        return False
    words = _without_phrases([w for w in sentence.words.split() if w not in INTENSIFIERS])
    names = 0
    capitals = {
        word
        for written in sentence.written.split()[1:]
        if written.strip("(\"“'")[:1].isupper() and not written.isupper()
        for word in split.spelt(written).split()
    }
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word in VERBS and at and before not in BEFORE_A_VERB:
            return False
        if word in VERBS and before == "you" and not set(words[at:]) & (GIVES | {"introduce"}):
            return False
        if word in GIVES and "my" not in words[at + 1 : at + 3]:
            return False
        is_mine = word in MINE and bool({"my", PHRASE} & set(words[max(0, at - 3) : at]))
        if is_mine or word == PHRASE or word in HARMLESS | YES_HEADS | GIVES:
            continue
        is_behind = before == PHRASE or before in HARMLESS - YES_HEADS - VERBS or before in capitals
        if word not in capitals or not is_behind or _is_doubt(word):
            return False
        names += 1
    return names <= MAX_NAMES


def _is_somewhere(sentence: Sentence) -> bool:
    """ "I am in Paris" says where, "I am in, thanks" says yes."""
    written = sentence.written.split()
    return any(
        word.lower() == "in"
        and split.spelt(" ".join(written[:at])).endswith("i am")
        and written[at + 1].lower() not in BEHIND_IN
        for at, word in enumerate(written[:-1])
    )


def _without_phrases(words: list[str]) -> list[str]:
    """The words with each known run of them, the longest first, as one mark."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        length = next(
            (n for n in range(MAX_PHRASE, 0, -1) if " ".join(words[at : at + n]) in PHRASES), 0
        )
        kept.append(PHRASE if length else words[at])
        at += length or 1
    return kept


def _is_doubt(word: str) -> bool:
    return word in DOUBTS | CONDITIONS | NO_HEADS or word in WEEKDAYS or word.endswith("ly")


def is_name(sentence: Sentence) -> bool:
    """A last line of a few capitalised words that mean nothing: the writer's name."""
    written = sentence.written.split()
    known = set(sentence.words.split()) & (HARMLESS | YES_HEADS)
    return (
        0 < len(written) <= MAX_NAMES
        and not sentence.end
        and not known
        and all(w[:1].isupper() and w.strip(",.").replace("-", "").isalpha() for w in written)
        and not any(_is_doubt(w) or w in ASKS for w in sentence.words.split())
    )

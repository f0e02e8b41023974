"""How sure the name on a picture is, and the sentence that says why it is not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailflow.model.card import CERTAIN, Reading
from mailflow.model.text import folded
from mailflow.reading.cards import picture_accents
from mailflow.reading.cards.candidates import Candidate
from mailflow.reading.cards.picture_evidence import Evidence, Support
from mailflow.reading.cards.picture_lines import Line

CLEAR, HARD = 0.9, 0.7
"""How sure an engine is of a line it read well, and of one that was hard to read."""
GOOD = 0.75
DOUBTED = 0.75
LIKELY = 0.5
RIVAL = 0.12
"""Two candidates nearer than this are rivals."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a candidate is judged by: the lines of the card, its evidence, hosts and region."""

    lines: Sequence[Line]
    evidence: Evidence
    hosts: Sequence[str]
    region: str
    titled: frozenset[int]
    """The places of lines that hold a title."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A stretch of text as a name: how likely, and the places of its lines."""

    text: str
    score: float
    used: tuple[int, ...]
    candidate: Candidate


def judged(
    text: str, best: Scored, found: Support, rival: Scored | None, setting: Setting
) -> Reading:
    """The name with how sure it is, what speaks against it, and the next best reading.

    1. By its rivals and what the addresses say. 2. A letter that the address has and the name
    lacks is put in. 3. Accents that are usual or cannot be read. 4. A line that was hard to read.
    """
    lines = [setting.lines[at] for at in best.used]
    clear = min(line.confidence for line in lines)
    reading = _by_rivals(Reading(text, CERTAIN, f"line {lines[0].number}"), best, found, rival)
    if found.word:
        reading = _by_letter(reading, found, setting)
    if not reading.is_unsure:
        reading = _by_accents(reading, setting.region)
    if clear < CLEAR and (found.level < 2 or clear < HARD) and reading.confidence > DOUBTED:
        doubt = f"“{reading.value}” was hard to read; is that the name?"
        return replace(reading, confidence=DOUBTED, doubt=doubt)
    return reading


def _by_rivals(reading: Reading, best: Scored, found: Support, rival: Scored | None) -> Reading:
    text = reading.value
    if found.level == 2:
        return replace(reading, confidence=0.97)
    if rival is not None and rival.score > best.score - RIVAL and rival.score >= LIKELY:
        doubt = f"The name could be “{text}” or “{rival.text}”."
        return replace(reading, confidence=0.6, doubt=doubt, rival=rival.text)
    if found.level == 1:
        return replace(reading, confidence=0.9)
    if found.level < 0:
        doubt = f"“{text}” does not look like the name in the address; is it right?"
        return replace(reading, confidence=0.7, doubt=doubt)
    if best.score >= GOOD:
        return replace(reading, confidence=0.85)
    return replace(reading, confidence=0.6, doubt=f"I am not sure that “{text}” is the name.")


def _by_letter(reading: Reading, found: Support, setting: Setting) -> Reading:
    """A word of the name is a letter off what an address spells: put right where the engine lost
    the letter, else said."""
    text = reading.value
    fixed = _with_letter(text, found)
    if fixed is None:
        doubt = f"The name reads “{text}”, but the address spells “{found.instead}”."
        return replace(reading, confidence=0.7, doubt=doubt)
    card = " ".join(line.text for line in setting.lines)
    whole = picture_accents.restored(fixed, setting.region, card)
    if whole != fixed:
        return replace(reading, value=whole, confidence=0.85, doubt="", rival="")
    doubt = f"I read “{text}”, but the address spells “{found.instead}”; is “{fixed}” right?"
    return replace(reading, value=fixed, confidence=0.7, doubt=doubt, rival=text)


def _by_accents(reading: Reading, region: str) -> Reading:
    text = reading.value
    if usual := picture_accents.rival(text, region):
        doubt = f"I read “{text}”; it is usually spelled “{usual}”."
        return replace(reading, confidence=DOUBTED, doubt=doubt, rival=usual)
    if given := picture_accents.misread(text):
        doubt = f"I read “{text}”; it could be “{given}”."
        return replace(reading, confidence=DOUBTED, doubt=doubt, rival=given)
    if picture_accents.is_unread(text, region):
        doubt = f"“{text}” may have accents that I cannot read."
        return replace(reading, confidence=DOUBTED, doubt=doubt)
    return reading


def _with_letter(text: str, found: Support) -> str | None:
    """The name with the one letter put in that the address has and the engine lost."""
    plain = folded(found.word)
    if len(found.instead) != len(plain) + 1 or len(plain) != len(found.word):
        return None
    at = next((i for i, c in enumerate(plain) if c != found.instead[i]), len(plain))
    word = found.word[:at] + found.instead[at] + found.word[at:]
    return text.replace(found.word, word, 1)

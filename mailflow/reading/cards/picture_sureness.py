"""How sure the name on a picture is, and the sentence that says why it is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.model.card import Reading
from mailflow.model.text import folded
from mailflow.reading.cards import picture_accents
from mailflow.reading.cards.candidates import Candidate
from mailflow.reading.cards.picture_evidence import Evidence, Support
from mailflow.reading.cards.picture_lines import Line

CLEAR = 0.85
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
    """The name with how sure it is, and what speaks against it."""
    lines = [setting.lines[at] for at in best.used]
    source = f"line {lines[0].number}"
    clear = min(line.confidence for line in lines)
    sure, doubt = _sureness(text, best, found, rival)
    if found.word and found.instead and (fixed := _with_letter(text, found)) is not None:
        doubt = f"I read “{text}”, but the address spells “{found.instead}”; is “{fixed}” right?"
        card = " ".join(line.text for line in setting.lines)
        whole = picture_accents.restored(fixed, setting.region, card)
        text, sure = whole, 0.85 if whole != fixed else 0.7
    elif found.word:
        doubt = f"The name reads “{text}”, but the address spells “{found.instead}”."
        sure = 0.7
    if sure >= 0.8 and (usual := picture_accents.rival(text, setting.region)):
        sure, doubt = 0.75, f"I read “{text}”; it is usually spelled “{usual}”."
    elif sure >= 0.8 and picture_accents.is_unread(text, setting.region):
        sure, doubt = 0.75, f"“{text}” may have accents that I cannot read."
    if clear < CLEAR and (found.level < 2 or clear < 0.7) and sure > 0.75:
        sure, doubt = 0.75, f"“{text}” was hard to read; is that the name?"
    return Reading(text, sure, source, doubt)


def _sureness(text: str, best: Scored, found: Support, rival: Scored | None) -> tuple[float, str]:
    if found.level == 2:
        return 0.97, ""
    if rival is not None and rival.score > best.score - RIVAL and rival.score >= LIKELY:
        return 0.6, f"The name could be “{text}” or “{rival.text}”."
    if found.level == 1:
        return 0.9, ""
    if found.level < 0:
        return 0.7, f"“{text}” does not look like the name in the address; is it right?"
    return (0.85, "") if best.score >= 0.75 else (0.6, f"I am not sure that “{text}” is the name.")


def _with_letter(text: str, found: Support) -> str | None:
    """The name with the one letter put in that the address has and the engine lost."""
    plain = folded(found.word)
    if len(found.instead) != len(plain) + 1 or len(plain) != len(found.word):
        return None
    at = next((i for i, c in enumerate(plain) if c != found.instead[i]), len(plain))
    word = found.word[:at] + found.instead[at] + found.word[at:]
    return text.replace(found.word, word, 1)

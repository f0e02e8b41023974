"""Instructions about introductions under way or never wanted: cancel, never, may, and rulings."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.model import command as c
from mailflow.model.introducing import (
    CancelIntroduction,
    MayIntroduce,
    NeverIntroduce,
    RuleIntroduction,
)
from mailflow.model.ruling_words import ruling_in
from mailflow.model.text import folded
from mailflow.reading.command_introduce import pair_of
from mailflow.reading.command_shapes import person

CANCEL = "cancel introduction 5, or stop introducing A and B"
NEVER = "never introduce A, or never introduce A and B"
MAY = "may introduce A, or may introduce A and B"
RULE = "introduction 5: counts as yes"

NOUNS = ("the introduction", "introduction", "intro", "introducing", "to introduce", "introduce",
         "the intro")  # fmt: skip
BETWEEN = ("of ", "between ", "number ", "no. ", "nr ", "#")
SEPARATORS = ("counts ", "count ", "ask again")


def cancel(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`introduction 5`, `introduction A and B`, `introducing A`; anything else is prose."""
    about = _behind_noun(rest)
    if about is None:
        return None
    about = _without(about, BETWEEN)
    if about.isascii() and about.isdigit() and len(about) < 10:
        return CancelIntroduction(number=int(about))
    if (pair := pair_of(about)) is not None:
        return CancelIntroduction(first=pair[0], second=pair[1])
    who = person(about)
    return CancelIntroduction(first=who) if who else "which one?"


def never(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`introduce A`, `introduce A and B`: the person, or only the pair."""
    named = _one_or_two(rest)
    if named is None:
        return None
    return NeverIntroduce(*named) if named[0] else "whom?"


def may(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`introduce A`: takes a never back."""
    named = _one_or_two(rest)
    if named is None:
        return None
    return MayIntroduce(*named) if named[0] else "whom?"


def rule(rest: str, now: datetime, zone: ZoneInfo) -> c.Command | str | None:
    """`5: counts as yes`, `5 jane counts as no`, `5: they are in touch`."""
    word, _, said = rest.strip().lstrip("#").replace(":", " ", 1).partition(" ")
    if not (word.isascii() and word.isdigit() and len(word) < 10):
        return None
    said = said.strip(" :")
    ruling = ruling_in(said, now=now, zone=zone)
    if ruling is not None:
        return RuleIntroduction(int(word), ruling)
    for mark in SEPARATORS:
        at = folded(said).find(f" {mark}")
        # folding may change the length, and then nothing is guessed
        if at > 0 and len(folded(said)) == len(said):
            who, behind = person(said[:at].rstrip(" :'s")), said[at + 1 :]
            ruling = ruling_in(behind, now=now, zone=zone)
            if who and ruling is not None:
                return RuleIntroduction(int(word), ruling, who)
    return "what about it?"


def _behind_noun(rest: str) -> str | None:
    lowered = folded(rest)
    for noun in NOUNS:
        if lowered == noun:
            return ""
        if lowered.startswith((f"{noun} ", f"{noun}: ", f"{noun} #")):
            return rest[len(noun) :].strip(" :")
    return None


def _without(text: str, leads: tuple[str, ...]) -> str:
    for lead in leads:
        if folded(text).startswith(lead):
            return text[len(lead) :].strip()
    return text


def _one_or_two(rest: str) -> tuple[str, str] | None:
    """Who stands behind `introduce`; ("", "") for nobody, None for prose."""
    about = _behind_noun(rest)
    if about is None:
        return None
    if (pair := pair_of(about.rstrip(" .!"))) is not None:
        return pair
    who = person(about)
    if who is None:
        return ("", "") if not about else None
    return who, ""

"""The stretches of a picture's text that could each be one field, with names and titles parted."""

from collections.abc import Iterable
from dataclasses import replace

from mailflow.model.text import folded
from mailflow.reading.cards import judge, person, picture_evidence
from mailflow.reading.cards.candidates import GOOD, Candidate
from mailflow.reading.cards.given_names import GIVEN, HAN_FAMILIES
from mailflow.reading.cards.picture_evidence import Evidence
from mailflow.reading.cards.picture_letters import EASTERN
from mailflow.reading.cards.vocabulary import EAST_TITLES, TITLES

MAX_WORDS = 10
MAX_EAST = 30


def parted(candidates: Iterable[Candidate], of: Evidence) -> list[Candidate]:
    """Each candidate; one that holds a name and a title without anything between them as two."""
    out: list[Candidate] = []
    for candidate in candidates:
        if not candidate.label and (pieces := _eastern(candidate.text)):
            out += [replace(candidate, text=piece) for piece in pieces]
            continue
        cut = 0 if candidate.label else _cut(candidate.text.split(), of)
        words = candidate.text.split()
        if cut:
            out.append(replace(candidate, text=" ".join(words[:cut])))
            out.append(replace(candidate, text=" ".join(words[cut:])))
        else:
            out.append(candidate)
    return out


def _eastern(text: str) -> list[str]:
    """`王小明 经理` and `王小明经理` as name and title; empty where there is no such pair."""
    if len(text) > MAX_EAST or not any(title in text for title in EAST_TITLES):
        return []
    words = text.split()
    if len(words) > 1 and all(ord(c) > EASTERN for w in words for c in w if c.isalpha()):
        titled = [w for w in words if any(title in w for title in EAST_TITLES)]
        rest = [w for w in words if w not in titled]
        return [" ".join(rest), " ".join(titled)] if rest and titled else []
    for length in (3, 2):
        name, title = text[:length], text[length:]
        if len(words) == 1 and name[0] in HAN_FAMILIES and title.startswith(EAST_TITLES):
            return [name, title]
    return []


def _cut(words: list[str], of: Evidence) -> int:
    """How many words of `Jane Roe Sales Manager` are the name; 0 where it is not one of a person
    that the card or the given name knows, followed by a title."""
    if not 3 <= len(words) <= MAX_WORDS:
        return 0
    for count in range(2, min(5, len(words))):
        name, title = " ".join(words[:count]), " ".join(words[count:])
        starts = folded(words[count]).strip(".,/&") in TITLES and not person.is_suffix(words[count])
        spoken = set(judge.words_of(name)) & TITLES
        if starts and not spoken and judge.title(title) >= GOOD and judge.name(name, []) >= GOOD:
            core = [w for w in words[:count] if not person.is_honorific(w)]
            is_known = bool(core) and folded(core[0]) in GIVEN
            is_known = is_known or picture_evidence.support(name, of).level > 0
            return count if is_known else 0
    return 0

"""The stretches of text in a signature or card that could each be one field."""

from dataclasses import dataclass

from mailflow.model.address import Address
from mailflow.model.closing import is_farewell
from mailflow.reading.cards import judge, person
from mailflow.reading.cards.pieces import Piece, label_key
from mailflow.reading.cards.vocabulary import EAST_ORGS, LABELS, NAME, ORG, POSTAL, REGISTER, TITLE

AT = (" at ", " @ ", " bei ", " chez ")
DASHES = (" - ", " – ", " — ", ", ")
GOOD = 0.55
"""A field is taken from this likelihood on."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that could be a field, with the line it stands on and its label's kind."""

    text: str
    line: int
    label: str = ""


def candidates_of(
    found: list[Piece], addresses: list[Address], hosts: list[str]
) -> list[Candidate]:
    """Every text of the block, lines such as `Jane Roe, CTO at Acme` parted into their fields."""
    out: list[Candidate] = []
    for piece in found:
        is_label = label_key(piece.text) in LABELS
        if not piece.text or piece.label == REGISTER or is_label or is_farewell(piece.text):
            continue
        if piece.label in {NAME, TITLE, ORG, POSTAL}:
            out.append(Candidate(piece.text, piece.line, piece.label))
        else:
            out += [Candidate(text, piece.line) for text in _parted(piece.text, addresses, hosts)]
    return out


def _parted(text: str, addresses: list[Address], hosts: list[str]) -> list[str]:
    """At ` at ` behind a title, and at commas and dashes between a name, a title and a company."""
    if judge.postal(text) >= 0.7:
        return [text]
    if any(part in text for part in EAST_ORGS):
        company, _, rest = text.partition(" ")
        return [company, *filter(None, [rest])]
    for joint in AT:
        left, found, right = text.partition(joint)
        if (
            found
            and right[:1].isupper()
            and judge.words_of(right)[:1] != ["law"]
            and (judge.title(left) >= GOOD or judge.name(left, []) >= GOOD)
        ):
            return [*_parted(left, addresses, hosts), right.strip()]
    for joint in DASHES:
        left, found, right = (t.strip() for t in text.partition(joint))
        if not found or not left or not right:
            continue
        is_name = (
            judge.name(left, []) >= GOOD and all(map(person.is_suffix, right.split())) is False
        )
        if is_name and (judge.title(right) >= GOOD or judge.org(right, addresses, hosts) >= GOOD):
            return [left, *_parted(right, addresses, hosts)]
        if judge.title(left) >= GOOD and judge.org(right, addresses, hosts) >= GOOD > judge.title(
            right
        ):
            return [left, right]
    return [text]

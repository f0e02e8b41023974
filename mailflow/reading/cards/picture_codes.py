"""What codes say laid over what was read: a code beats the engine, field by field."""

from collections.abc import Sequence
from dataclasses import replace

from mailflow.model.card import CERTAIN, Card, Phone, Reading
from mailflow.model.text import folded
from mailflow.reading.cards import judge, merge, person
from mailflow.reading.cards.picture_spelling import distance, skeleton

DIFFERS = 0.7
"""How sure a field of a code is that the printed text contradicts."""


def overlaid(code: Card, seen: Card) -> Card:
    """The card of a code with what only the print has. What the engine read of a field that the
    code tells is dropped where it is the same misread; a name that is another's is said."""
    emails = tuple(e for e in seen.emails if not _is_misread(e.value, code.emails, seen.emails))
    dialled = (*code.phones, *code.faxes)
    phones = tuple(p for p in seen.phones if not _is_near(p, dialled, seen.phones))
    told = replace(
        seen, emails=emails, phones=phones,
        title=seen.title if code.title is None else None,
        org=seen.org if code.org is None else None,
        name=None if code.name is not None else seen.name,
        missed=() if code.name and code.emails and code.phones else tuple(
            m for m in seen.missed if not _tells(code, m)),
    )  # fmt: skip
    both = merge.merged([_checked(code, seen), told])
    faxes = tuple(f for f in both.faxes if f.e164 not in {p.e164 for p in code.phones})
    kept = tuple(p for p in both.phones if p.e164 not in {f.e164 for f in seen.faxes})
    if any(p.e164 and p.e164 in {f.e164 for f in seen.faxes} for p in code.phones):
        faxes = both.faxes
        both = replace(both, phones=kept)
    return replace(both, faxes=faxes, form=seen.form, missed=told.missed)


def _tells(code: Card, field: str) -> bool:
    return bool({"name": code.name, "emails": code.emails, "phones": code.phones}.get(field))


def _checked(code: Card, seen: Card) -> Card:
    """The code's name, fuller where the print has it fuller, in doubt where that is another's; in
    a name field that holds the company, the printed name."""
    if code.name is None or seen.name is None:
        return code
    printed, coded = _words(seen.name.value), _words(code.name.value)
    if judge.org(code.name.value, [], []) >= 0.6 and seen.name.confidence >= 0.8 and not (
        printed & coded):  # fmt: skip
        org = code.org or replace(code.name, confidence=0.9)
        return replace(code, name=seen.name, given=seen.given, family=seen.family, org=org)
    if coded < printed and seen.name.confidence >= 0.8:
        name = Reading(seen.name.value, CERTAIN, code.name.source)
        return replace(code, name=name, given=seen.given, family=seen.family)
    if printed & coded or _is_alike(printed, coded) or seen.name.confidence < 0.8:
        return code
    doubt = f"The code says “{code.name.value}” where the card reads “{seen.name.value}”."
    return replace(code, name=replace(code.name, confidence=DIFFERS, doubt=doubt))


def _words(name: str) -> set[str]:
    words = folded(name.replace("-", " ").replace(",", " ")).split()
    return {w.strip(".") for w in words if not person.is_honorific(w) and not person.is_suffix(w)}


def _is_alike(printed: set[str], coded: set[str]) -> bool:
    """Whether some word of one is a word of the other misread."""
    return any(
        skeleton(a) == skeleton(b) or (len(a) > 4 and distance(a, b, 2) <= 2)
        for a in printed for b in coded
    )  # fmt: skip


def _is_misread(value: str, told: Sequence[Reading], seen: Sequence[Reading]) -> bool:
    """Whether the address is one of the code's, read wrong: near one that is not printed as is."""
    printed = {e.value.casefold() for e in seen}
    own = value.casefold()
    others = [key for t in told if (key := t.value.casefold()) not in printed]
    return any(skeleton(own) == skeleton(t) or distance(own, t, 3) <= 3 for t in others)


def _is_near(phone: Phone, told: Sequence[Phone], seen: Sequence[Phone]) -> bool:
    """Whether the number is one of the code's with a digit or two misread, or a part of it."""
    printed = {p.e164 for p in seen}
    if not phone.e164:
        digits = "".join(c for c in phone.written if c.isdigit()).lstrip("0")
        return any(digits in t.e164 or distance(digits, t.e164, 2) <= 2 for t in told if t.e164)
    others = [t.e164 for t in told if t.e164 and t.e164 not in printed]
    return any(distance(phone.e164, t, 2) <= 2 for t in others)

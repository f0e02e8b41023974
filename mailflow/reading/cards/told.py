"""What a vCard, a code or a table tells in so many words, made fields of a card."""

from collections.abc import Iterable
from dataclasses import dataclass

from mailflow.model.card import Phone, Reading
from mailflow.reading.cards import phones


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number as written; `kind` is "mobile", "work", "home" or nothing."""

    written: str
    kind: str = ""
    is_fax: bool = False


def field(value: str, source: str) -> Reading | None:
    """The value as a field nobody has to doubt; None for an empty one."""
    return Reading(value, source=source) if value else None


def numbers(
    told: Iterable[Number], region: str, source: str
) -> tuple[tuple[Phone, ...], tuple[Phone, ...]]:
    """The telephone and the fax numbers, each once however often it is written; `region` (ISO
    3166) is where they are dialled at home."""
    calls: dict[str, Phone] = {}
    faxes: dict[str, Phone] = {}
    for each in told:
        phone = phones.phone(each.written, region, kind=each.kind, source=source, is_told=True)
        if phone is not None:
            kept = faxes if each.is_fax else calls
            kept.setdefault(phone.e164 or phone.written, phone)
    return tuple(calls.values()), tuple(faxes.values())

"""Phone numbers: found in a line, told in E.164 where the region can be told, kept as written."""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
)

from mailflow.model.card import Phone
from mailflow.model.text import printable
from mailflow.reading.cards.places import regions

MAX_LENGTH = 60
MAX_CHECKED = 6
ALIKE = 0.6
"""How alike two numbers have to be for one to be a misreading of the other."""


def phone(
    text: str, region: str, *, kind: str = "", source: str = "", is_told: bool = False
) -> Phone | None:
    """The number with its E.164 form (ITU-T E.164), read as dialled in `region` (ISO 3166) unless
    it begins with +; None when it holds fewer than five digits. `is_told` when something else says
    that it is one: then a number of the right length counts though its range is not in use."""
    written = printable(text, MAX_LENGTH).removeprefix("tel:").strip(" ,;:")
    if sum(c.isdigit() for c in written) < 5:
        return None
    return Phone(
        _e164(written, region) or (_e164(written, region, _is_long_enough) if is_told else ""),
        written, kind, source,
    )  # fmt: skip


def _is_long_enough(number: PhoneNumber) -> bool:
    """The length of a whole number in its country, whether or not its range is in use."""
    return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


def _e164(
    written: str, region: str, accept: Callable[[PhoneNumber], bool] = phonenumbers.is_valid_number
) -> str:
    plain = _without_trunk_zero(written)
    for attempt in (region or None, None):
        try:
            number = phonenumbers.parse(plain, attempt)
        except NumberParseException:
            continue
        if accept(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return ""


def _without_trunk_zero(written: str) -> str:
    """`+44 (0)20 …` loses the bracketed zero, which is dialled only at home; `00 44` is a plus."""
    text = written.replace("＋", "+")
    if text.startswith(("(+", "(00")):
        text = text[1:].replace(")", "", 1)
    if text.startswith(("+", "00")):
        for zero in ("(0)", "( 0 )", "[0]"):
            text = text.replace(zero, " ", 1)
    if text.startswith("00") and not text.startswith("000"):
        text = "+" + text[2:].lstrip()
    return text


def region(places: Iterable[str], hosts: Iterable[str], numbers: Iterable[str], own: str) -> str:
    """The region (ISO 3166) in which a card's numbers are dialled at home.

    A number with its country code tells it; else the first region the lines and domains speak for
    in which every number is a valid one; else the owner's `own`.
    """
    written = list(numbers)
    for number in written:
        if found := _region_of_number(number):
            return found
    spoken = list(dict.fromkeys(regions(places, hosts)))
    local = [number for number in written if number][:MAX_CHECKED]
    for code in [*spoken, own]:
        if local and all(_e164(printable(number, MAX_LENGTH), code) for number in local):
            return code
    return next(iter(spoken), own)


def calling_code(region: str) -> str:
    """The country code of a region with its plus: "+49" for DE; "+0" where there is none."""
    return f"+{phonenumbers.country_code_for_region(region)}"


def with_code(text: str, region: str) -> str:
    """The number from its country code on, where the plus before that was misread (`1161 412 …`,
    `*49 30 …`) and what follows is a number of the region; else nothing."""
    digits = "".join(c for c in text.replace("(0)", "") if c.isdigit())
    code = str(phonenumbers.country_code_for_region(region))
    at = digits.find(code, 0, len(code) + 2)
    plain = f"+{digits[at:]}" if code != "0" and at >= 0 else ""
    return plain if plain and _e164(plain, region) else ""


def _region_of_number(text: str) -> str:
    plain = _without_trunk_zero(printable(text, MAX_LENGTH))
    if not plain.startswith("+"):
        return ""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(plain, None)) or ""
    except NumberParseException:
        return ""


def put_right(kept: Sequence[Phone], told: Phone) -> list[Phone]:
    """Somebody's numbers with `told` in place of the one it is most like, else behind them."""
    likeness = [SequenceMatcher(None, _digits(told), _digits(each)).ratio() for each in kept]
    best = max(range(len(kept)), key=likeness.__getitem__, default=None)
    if best is None or (len(kept) > 1 and likeness[best] < ALIKE):
        return [*kept, told]
    return [*kept[:best], told, *kept[best + 1 :]]


def _digits(number: Phone) -> str:
    return "".join(c for c in number.e164 or number.written if c.isdigit())

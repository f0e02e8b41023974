"""The numbers of a picture in E.164, with the country its own evidence tells."""

from collections.abc import Iterable, Sequence

from mailflow.model.card import Phone
from mailflow.reading.cards import judge, phones
from mailflow.reading.cards.picture_home import Home, is_international
from mailflow.reading.cards.picture_numbers import MAX_DIGITS, MIN_DIGITS, Run
from mailflow.reading.cards.picture_pieces import Parts
from mailflow.reading.cards.picture_spelling import distance
from mailflow.reading.cards.vocabulary import FAX, MOBILE

MIN_CODE = 3
"""A plus and two digits: one is too little to be misread."""
MAX_NUMBERS = 12
MAX_CODE = 8
"""Digits of a postcode and a house's number together."""
MAX_RUNS = 40
"""Runs of digits on one card that are looked at."""
MAX_TWO = 60
CLEAR = 0.9
"""Below this the engine itself was not sure of the line."""
SURE, UNUSED, MENDED, FOREIGN = 0.95, 0.75, 0.7, 0.7
JOINTS = (" / ", "/", ";", ",", "  ", " - ", ". ")


def numbers(parts: Sequence[Parts], where: Home) -> tuple[tuple[Phone, ...], tuple[Phone, ...]]:
    """Phones and faxes apart, each once, in the order of the card."""
    told: dict[str, Phone] = {}
    faxes: dict[str, Phone] = {}
    seen = 0
    for part in parts:
        is_place = any(judge.postal(piece.text) >= 0.7 for piece in part.texts)
        for run in part.runs[: max(0, MAX_RUNS - seen)]:
            seen += 1
            is_code = is_place and not run.kind and len(run.digits) <= MAX_CODE
            if is_code and not run.text.startswith(("+", "(+")):
                continue
            for phone in _phones(run, part, where):
                kept = faxes if run.kind == FAX else told
                kept.setdefault(phone.e164 or phone.written, phone)
    return (
        tuple(told.values())[:MAX_NUMBERS],
        tuple(p for key, p in faxes.items() if key not in told)[:MAX_NUMBERS],
    )


def has_missed(parts: Sequence[Parts], told: Iterable[Phone]) -> bool:
    """Whether a line has digits enough for a number, and none was taken: misread, perhaps."""
    taken = {phone.source for phone in told}
    if any(part.has_broken_number for part in parts):
        return True
    return any(
        len(run.digits) > 8 and not run.kind and f"line {part.line.number}" not in taken
        and not any(judge.postal(piece.text) >= 0.5 for piece in part.texts)
        for part in parts for run in part.runs
    )  # fmt: skip


def _phones(run: Run, part: Parts, where: Home) -> Iterable[Phone]:
    kind = "mobile" if run.kind == MOBILE else ""
    for text in _whole(run.text, where):
        region, is_valid = _dialled(text, where)
        is_abroad = is_international(text)
        if not is_valid and where.is_told and (whole := _mended(text, where)):
            doubt = f"I read “{text}” and took it for “{whole}”."
            yield Phone(whole, text, kind, f"line {part.line.number}", MENDED, doubt)
            continue
        if not is_valid and not run.kind and not is_abroad:
            continue
        phone = phones.phone(
            text, region, kind=kind, source=f"line {part.line.number}", is_told=not is_valid
        )
        if phone is None or (not phone.e164 and not run.kind):
            continue
        yield _judged(phone, run, part, where, is_valid=is_valid, is_home=not is_abroad)


def _judged(
    phone: Phone, run: Run, part: Parts, where: Home, *, is_valid: bool, is_home: bool
) -> Phone:
    """The number with how sure it is, and why not."""
    sure, doubt = SURE, ""
    if run.mended:
        sure, doubt = MENDED, f"I read letters in “{phone.written}” as digits; is that the number?"
    elif part.line.confidence < CLEAR:
        sure, doubt = MENDED, f"“{phone.written}” was hard to read; please compare it."
    elif not phone.e164:
        sure, doubt = 0.5, f"“{phone.written}” has not the length of a number I know."
    elif not is_valid:
        sure = UNUSED
        doubt = f"“{phone.written}” is in no range that is in use; please compare it."
    elif (home_code := _misread_code(phone.e164, where)) != "":
        sure = MENDED
        doubt = f"“{phone.written}” is abroad; is its country code {home_code}?"
    elif is_home and not where.is_told:
        sure = FOREIGN
        doubt = f"No country is told for “{phone.written}”; I took it for {phone.e164}."
    return Phone(phone.e164, phone.written, phone.kind, phone.source, confidence=sure, doubt=doubt)


def _misread_code(e164: str, where: Home) -> str:
    """The code of the card's own country, where the number's is a digit off that; else nothing."""
    own = phones.calling_code(where.country) if where.country else ""
    if len(own) < MIN_CODE or e164.startswith(own):
        return ""
    return own if distance(e164[: len(own)], own, 1) == 1 else ""


def _dialled(text: str, where: Home) -> tuple[str, bool]:
    """The first region in which it is a number in use, else the likeliest one."""
    for region in where.regions:
        if _is_valid(text, region):
            return region, True
    return where.regions[0], False


def _mended(text: str, where: Home) -> str:
    """The number from its country code on, where its plus was misread; else nothing."""
    return next((w for r in where.regions if (w := phones.with_code(text, r))), "")


def _is_valid(text: str, region: str) -> bool:
    found = phones.phone(text, region)
    return found is not None and bool(found.e164)


def _whole(text: str, where: Home) -> list[str]:
    """The numbers of a run: parted at each `+`, at joints, or where two whole numbers meet."""
    out: list[str] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (text[at] == "+" and _count(text[start:at]) >= MIN_DIGITS):
            begin = text[start:at].rstrip("( ")
            out += _parted(begin, where)
            start = at
    return [number for text in out if (number := text.strip(" ,;/-."))]


def _count(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _parted(text: str, where: Home) -> list[str]:
    if _count(text) <= 9 and not any(j in text for j in JOINTS[:4]):
        return [text]
    is_whole = is_international(text) or _count(text) <= 13
    if is_whole and any(_is_valid(text, region) for region in where.regions):
        return [text]
    if behind := _behind_code(text, where):
        return [behind]
    for joint in JOINTS:
        pieces = [p.strip() for p in text.split(joint)]
        if len(pieces) > 1 and all(_count(p) >= MIN_DIGITS for p in pieces):
            return pieces
        if len(pieces) > 1 and _count(pieces[0]) >= MIN_DIGITS and joint.strip() in {"/", ","}:
            return _with_endings(pieces)
    return _in_two(text, where) or [text]


def _behind_code(text: str, where: Home) -> str:
    """The number behind a postcode that stands before it: `94105 415.555.2671`; else nothing."""
    words = text.split(" ")
    for at in range(1, len(words)):
        head, tail = "".join(words[:at]), " ".join(words[at:])
        is_code = 4 <= _count(head) <= 6 and head.replace("-", "").isdigit() and tail[:1] != "("
        if is_code and any(_is_valid(tail, region) for region in where.regions):
            return tail
    return ""


def _with_endings(pieces: list[str]) -> list[str]:
    """`2345 6789/90` is 2345 6789 and 2345 6790; what is longer than an ending is left out."""
    first = pieces[0]
    endings = (e for e in pieces[1:] if 0 < len(e) <= 4 and e.isdigit())
    return [first, *(first[: len(first) - len(ending)] + ending for ending in endings)]


def _in_two(text: str, where: Home) -> list[str]:
    """Two numbers that lost the blank between them: where both halves are numbers in use, those of
    most equal length."""
    total = _count(text)
    if not 2 * MIN_DIGITS <= total <= 2 * MAX_DIGITS or len(text) > MAX_TWO:
        return []
    best: tuple[int, list[str]] | None = None
    for at in range(MIN_DIGITS, len(text) - MIN_DIGITS + 1):
        left, right = text[:at].strip(" .-"), text[at:].strip(" .-")
        skew = abs(2 * _count(left) - total) * 2 + _roughness(text, at)
        if (best is None or skew < best[0]) and any(
            _is_valid(left, region) and _is_valid(right, region) for region in where.regions
        ):
            best = skew, [left, right]
    return best[1] if best else []


def _roughness(text: str, at: int) -> int:
    """A cut at a blank is better than one inside a group."""
    return 0 if " " in text[at - 1 : at + 1] else 1

"""Blocks of header lines inside a text: From, Sent, To, Subject, in any client's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.reading.labels import LOCALES, Field, label_of

MAX_LINES = 60
MAX_WRAP = 8
MAX_LINE = 4000
MAX_ONE_LINE = 6000


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """Lines `start` to `end` (exclusive) of a text are a header block with these values."""

    start: int
    end: int
    values: dict[Field, str]

    @property
    def has_address(self) -> bool:
        return any("@" in value for value in self.values.values())


def find_at(lines: Sequence[str], at: int) -> HeaderBlock | None:
    """The header block that begins in line `at`, or None.

    1. Read labelled lines, their continuations, and single empty lines between them. 2. Settle
    what an ambiguous label stands for by what is still missing. 3. Demand enough to rule out
    prose and itineraries: two fields with an address among them, or a subject and two more.
    """
    first = label_of(lines[at][:MAX_LINE])
    if first is None or first[0] <= {Field.OTHER}:
        return None  # clients begin with From, Date, To or Subject
    values: dict[Field, str] = {}
    end = _read(lines, at, values)
    known = values.keys() - {Field.OTHER}
    if not (known & {Field.FROM, Field.DATE}) or len(known) < 2:
        return None
    block = HeaderBlock(at, end, values)
    if block.has_address or (Field.SUBJECT in known and len(known) >= 3):
        return block
    return None


def _read(lines: Sequence[str], at: int, values: dict[Field, str]) -> int:
    """Fill `values`; the line after the block."""
    end = at
    last: Field | None = None
    blank = wrapped = 0
    for index in range(at, min(len(lines), at + MAX_LINES)):
        line = lines[index][:MAX_LINE]
        if not line.strip(" \t\u00a0\u200b"):
            blank += 1
            if blank > 1 or _is_complete(values, last):
                break
            continue
        found = label_of(line)
        if found is not None and (name := _settle(found[0], values)) is not None:
            values.setdefault(name, found[1])
            last, wrapped = name, 0
        elif found is not None and found[0] <= values.keys():
            break  # a label for the second time begins another block
        elif last is None or (blank and values.get(last)) or not _continues(line, last, values):
            break
        else:
            wrapped += 1
            if wrapped > MAX_WRAP:
                break
            values[last] = f"{values[last]} {line.strip()}".strip()
        end, blank = index + 1, 0
    return end


def _settle(possible: frozenset[Field], values: dict[Field, str]) -> Field | None:
    """What a label stands for here; None when this block has it already (a new block begins)."""
    for name in (Field.FROM, Field.DATE, Field.TO, Field.CC, Field.SUBJECT):
        if name in possible and name not in values:
            return name
    return Field.OTHER if Field.OTHER in possible else None


def _is_complete(values: dict[Field, str], last: Field | None) -> bool:
    """An empty line ends a block that holds all it needs, unless a value is still to come."""
    if last is not None and not values.get(last) and last in {Field.SUBJECT, Field.FROM}:
        return False
    return {Field.FROM, Field.SUBJECT} <= values.keys() and (
        Field.TO in values or Field.DATE in values
    )


def _continues(line: str, last: Field, values: dict[Field, str]) -> bool:
    """Whether an unlabelled line goes on with the value before it."""
    if line[0] in " \t" and last is not Field.SUBJECT:
        return True
    value = values.get(last, "")
    if not value:
        return True
    if last in {Field.FROM, Field.TO, Field.CC, Field.OTHER}:
        return value.endswith((",", ";", "<", "[")) or "@" in line or line.lstrip()[:1] in "<>["
    return last is Field.SUBJECT and len(line) < 100


def find_in_line(line: str) -> dict[Field, str] | None:
    """A block that was run together in one line, as Yahoo's text does:
    `From: A <a@x>To: b@x <b@x>Sent: Monday … GMT+1Subject: Hello`."""
    line = line[:MAX_ONE_LINE].strip()
    best: dict[Field, str] = {}
    for words in LOCALES.values():
        for word in words[Field.FROM]:
            if line.startswith(word) and line[len(word) :].lstrip(" \u00a0")[:1] in {":", "："}:
                found = _cut(line, words, len(word))
                if len(found) > len(best):
                    best = found
    return best if len(best) >= 3 else None


def _cut(line: str, words: dict[Field, list[str]], start: int) -> dict[Field, str]:
    """The values between one language's labels, each label at its first place in the line."""
    places = [(0, start, Field.FROM)]
    for name in (Field.TO, Field.CC, Field.DATE, Field.SUBJECT):
        known = [*words[name], "Cc", "CC"] if name is Field.CC else words[name]
        hits = [hit for word in known if (hit := _place(line, word, start)) is not None]
        if hits:
            begin, end = min(hits)
            places.append((begin, end, name))
    places.sort()
    ends = [begin for begin, _, _ in places[1:]] + [len(line)]
    return {
        name: line[end:stop].lstrip(" \u00a0:：").strip()
        for (_, end, name), stop in zip(places, ends, strict=True)
    }


def _place(line: str, word: str, start: int) -> tuple[int, int] | None:
    """Where a label stands: before a colon, or glued to the value before it."""
    at = line.find(word, start)
    for _ in range(8):
        if at < 0:
            return None
        before, after = line[at - 1], line[at + len(word) :].lstrip(" \u00a0")[:1]
        glued = before in ">" or before.isupper() or before.isdigit()
        if after in {":", "："} and (glued or before.isspace()):
            return at, at + len(word)
        if glued and line[at + len(word) : at + len(word) + 1] == " " and len(word) > 1:
            return at, at + len(word)
        at = line.find(word, at + 1)
    return None

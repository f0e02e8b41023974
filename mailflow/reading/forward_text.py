"""Forwarded mail inside a text: found by its separator or header block, read field by field."""

from dataclasses import dataclass

from mailflow.model.mail import Evidence, Forward
from mailflow.reading import attribution, dates, headerblock
from mailflow.reading.headerblock import HeaderBlock
from mailflow.reading.labels import Field
from mailflow.reading.names import address_list, clean_name, one
from mailflow.reading.separators import is_rule, phrase_of, subject_says

MAX_FORWARDS = 50
ENDS = frozenset(
    {
        "end forwarded message",
        "end forwarded text",
        "end of forwarded message",
        "ende der weitergeleiteten nachricht",
    }
)
"""What mutt and others write below a forward."""
MAX_LINES = 10_000
MAX_NAME = 200
SURE, LIKELY, UNCLEAR = 1.0, 0.9, 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """Where a forward begins, where its own text begins, and what its header says."""

    start: int
    body: int
    values: dict[Field, str]
    confidence: float
    evidence: Evidence


def find_in_text(subject: str | None, text: str) -> tuple[Forward, ...]:
    """The forwards in a text, outermost first, each one's `body` reaching to the next.

    1. Lines are freed of `>` marks. 2. A forward separator, “Begin forwarded message:”, or, when
    the subject does not say that this is a reply, a header block begins one. 3. Outlook for Mac's
    “On … wrote:” begins one only under a forwarded subject. 4. The body is what follows.
    """
    says = subject_says(subject)
    raw = text.replace("\r\n", "\n").split("\n", MAX_LINES)
    lines = [_unmarked(line) for line in raw]
    found = _find_all(lines[: _own_end(raw, lines)] if says == "reply" else lines, says)
    if not found:
        return ()
    note = "\n".join(raw[: found[0].start]).strip()
    ends = [item.start for item in found[1:]] + [len(lines)]
    return tuple(
        _forward(item, raw, end, note if index == 0 else "", subject)
        for index, (item, end) in enumerate(zip(found, ends, strict=True))
    )


def _unmarked(line: str) -> str:
    """The line without its quotation marks."""
    bare = line.lstrip(" \t\u00a0")
    if not bare.startswith(">"):
        return line.rstrip()
    return bare.lstrip("> ").rstrip()


def _own_end(raw: list[str], lines: list[str]) -> int:
    """Where, in a reply, the quoted mail begins: what was forwarded in it is not forwarded here."""
    for at, line in enumerate(lines):
        if raw[at].lstrip()[:1] == ">":
            return at
        if not line.strip():
            continue
        phrase = phrase_of(line)
        if phrase is not None and phrase[0] == "forward":
            return len(lines)
        found = attribution.find_at(lines, at)
        if phrase or (found and found.is_sure) or headerblock.find_at(lines, at):
            return at
    return len(lines)


def _find_all(lines: list[str], says: str) -> list[Found]:
    found: list[Found] = []
    at = 0
    while at < len(lines) and len(found) < MAX_FORWARDS:
        item = _find_at(lines, at, says, nested=bool(found)) if lines[at].strip() else None
        if item is None:
            at += 1
        else:
            found.append(item)
            at = max(item.body, at + 1)
    return found


def _find_at(lines: list[str], at: int, says: str, *, nested: bool) -> Found | None:
    line = lines[at].strip("\ufeff")
    phrase = phrase_of(line)
    if phrase is not None:
        return _after_separator(lines, at, phrase, says)
    block = headerblock.find_at(lines, at)
    if block is not None and Field.FROM in block.values and not nested:
        return _from_block(lines, at, block, says)
    if says == "forward" and not nested:
        found = attribution.find_at([item.strip("\ufeff") for item in lines[at : at + 6]], 0)
        if found is not None and found.is_sure:
            values = _of_attribution(found.text)
            evidence = Evidence("forwarded subject and attribution", found.text[:120])
            return Found(at, at + found.end, values, LIKELY, evidence)
    return None


def _after_separator(
    lines: list[str], at: int, phrase: tuple[str, str, str], says: str
) -> Found | None:
    kind, said, rest = phrase
    if kind == "original" and says == "reply":
        return None
    confidence = SURE if kind == "forward" or says == "forward" else UNCLEAR
    evidence = Evidence(f"{kind} separator", said[:120])
    values = headerblock.find_in_line(rest) if rest else None
    if values is not None:
        return Found(at, at + 1, values, confidence, evidence)
    for index in range(at + 1, min(len(lines), at + 5)):
        if not lines[index].strip() or is_rule(lines[index]):
            continue
        block = headerblock.find_at(lines, index)
        if block is not None and Field.FROM in block.values:
            return Found(at, block.end, block.values, confidence, evidence)
        break
    return None


def _from_block(lines: list[str], at: int, block: HeaderBlock, says: str) -> Found | None:
    if says == "reply":
        return None
    start = at
    for index in range(at - 1, max(-1, at - 3), -1):
        if lines[index].strip():
            start = index if is_rule(lines[index], 3) else at
            break
    confidence = LIKELY if says == "forward" else UNCLEAR
    return Found(start, block.end, block.values, confidence, Evidence("header block", says))


def _of_attribution(text: str) -> dict[Field, str]:
    """Sender and date of “On DATE, NAME <ADDRESS> wrote:”."""
    values = {Field.DATE: text}
    if sender := attribution.sender_in(text):
        values[Field.FROM] = sender
    return values


def _forward(item: Found, raw: list[str], end: int, note: str, subject: str | None) -> Forward:
    values = item.values
    is_attributed = item.evidence.rule.endswith("attribution")
    is_marked = any(line.lstrip().startswith(">") for line in raw[item.start : item.body])
    sender = one(values.get(Field.FROM, ""))
    return Forward(
        sender=sender,
        to=address_list(values.get(Field.TO, "")),
        cc=address_list(values.get(Field.CC, "")),
        subject=values.get(Field.SUBJECT, "") if not is_attributed else _without_prefix(subject),
        sent_at=dates.read(values.get(Field.DATE, "")),
        body=_body(raw[item.body : end], is_marked),
        note=note,
        nested=_body(raw[end:], is_marked),
        confidence=item.confidence,
        evidence=(item.evidence, *_stated_date(values)),
        sender_name="" if sender else _name_alone(values.get(Field.FROM, "")),
    )


def _name_alone(text: str) -> str:
    return "" if "@" in text else clean_name(text[:MAX_NAME])


def _once_unmarked(line: str) -> str:
    bare = line.lstrip()
    return bare[1:].removeprefix(" ") if bare.startswith(">") else line


def _without_prefix(subject: str | None) -> str:
    return (subject or "").partition(":")[2].strip()


def _stated_date(values: dict[Field, str]) -> tuple[Evidence, ...]:
    text = values.get(Field.DATE, "").strip()
    return (Evidence("date", text[:200]),) if text else ()


def _body(lines: list[str], is_marked: bool) -> str:
    """The forwarded text without the marks it was quoted with; torn lines have lost theirs."""
    full = [line for line in lines if line.strip()]
    if is_marked or (full and all(line.lstrip().startswith(">") for line in full)):
        lines = [_once_unmarked(line) for line in lines]
    text = "\n".join(line.rstrip() for line in lines).strip("\n \t\u00a0")
    last = text.rpartition("\n")[2].strip("- ").lower()
    return text.rpartition("\n")[0].rstrip() if last in ENDS else text

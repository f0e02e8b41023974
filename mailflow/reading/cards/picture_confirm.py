"""Addresses of a picture checked against the rest of the card: its name, links and company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailflow.model.address import Address
from mailflow.model.card import Reading
from mailflow.reading.cards import picture_evidence, picture_rivals, roles
from mailflow.reading.cards.picture_address import Found
from mailflow.reading.cards.picture_evidence import FREE, own_domain
from mailflow.reading.cards.picture_lines import Line
from mailflow.reading.cards.picture_pieces import Parts
from mailflow.reading.cards.picture_spelling import distance, letters, skeleton
from mailflow.reading.cards.vocabulary import TOPS

CLEAR = 0.85


@dataclass(frozen=True, slots=True)
class Known:
    """What addresses are checked against: the name, the hosts of links (and codes), and texts that
    could be the company's name."""

    name: str
    hosts: Sequence[str]
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Settled:
    value: str
    sure: float
    doubt: str


def confirmed(parts: Sequence[Parts], known: Known) -> tuple[Reading, ...]:
    """Each address once, people's before shared ones, with how sure it is; the doubt of an unsure
    one names the next best reading."""
    domains = [own_domain(f.address.domain) for part in parts for f in part.emails]
    out: dict[str, Reading] = {}
    for part in parts:
        for found in part.emails:
            others = list(domains)
            others.remove(own_domain(found.address.domain))
            settled = _settled(found, part.line, known, others)
            reading = Reading(
                settled.value, settled.sure, f"line {part.line.number}", settled.doubt
            )
            kept = out.get(settled.value.casefold())
            if kept is None or kept.confidence < reading.confidence:
                out[settled.value.casefold()] = reading
    return tuple(sorted(out.values(), key=lambda r: _is_shared(r.value)))


def _is_shared(value: str) -> bool:
    return roles.kind(Address.parse(value)) is not None


def _settled(found: Found, line: Line, known: Known, others: Sequence[str]) -> _Settled:
    host, host_rival, has_host = _host(found.address.domain, known, others)
    local, local_rival, level, changed = _local(found, line, known)
    address = Address.maybe(f"{local}@{host}") or found.address
    is_shared = roles.kind(address) is not None
    if is_shared:
        level = max(level, 1)
    sure = _sureness(level, has_host=has_host)
    if found.mended and not (level == 2 and has_host):
        sure = min(sure, 0.75)
    if changed and level < 2:
        sure = min(sure, 0.7)
    if host_rival:
        sure = min(sure, 0.6)
    if line.confidence < CLEAR and not (level == 2 and has_host):
        sure = min(sure, 0.75)
    return _Settled(str(address), sure, _doubt(address, sure, local_rival, host_rival))


def _sureness(level: int, *, has_host: bool) -> float:
    """Two witnesses, one, or none: the host's and the name's."""
    if has_host:
        return {2: 0.98, 1: 0.92, 0: 0.85, -1: 0.75}[level]
    return {2: 0.9, 1: 0.8, 0: 0.7, -1: 0.6}[level]


def _doubt(address: Address, sure: float, local_rival: str, host_rival: str) -> str:
    rival = f"{local_rival or address.local}@{host_rival or address.domain}"
    if sure >= 0.8:
        return ""
    if rival != str(address) and Address.maybe(rival) is not None:
        return f"I read “{address}”; it could be “{rival}”."
    return f"I read “{address}” once and nothing else on the card confirms it."


def _host(host: str, known: Known, others: Sequence[str]) -> tuple[str, str, bool]:
    """The host as it must be, its rival, and whether a second witness speaks for it.

    One that differs from a link's only in letters that look alike is put right by the company's
    name or by the majority; where nothing decides, the rival is told.
    """
    own = own_domain(host.lower())
    if own in FREE:
        return host.lower(), "", True
    witnesses = [own_domain(h) for h in known.hosts] + list(others)
    if own in witnesses:
        return host.lower(), "", True
    free = next((f for f in FREE if skeleton(f) == skeleton(own) or (distance(f, own, 1) <= 1
                 and len(f) > 7)), "")  # fmt: skip
    if free:
        return free, "", True
    is_company = picture_evidence.fits_company(known.texts, own)
    for witness in dict.fromkeys(witnesses):
        if _is_misread(own, witness):
            theirs = picture_evidence.fits_company(known.texts, witness)
            if theirs == is_company:
                return host.lower(), witness, False
            right = witness if theirs else own
            return host.lower().replace(own, right), "", True
    near = _near_company(own, known.texts)
    if near and not is_company:
        return host.lower(), near, False
    return host.lower(), "", is_company and len(own.partition(".")[0]) > 2


def _is_misread(a: str, b: str) -> bool:
    """Whether one host is the other read wrong: alike in print, or a letter or two off."""
    if skeleton(a) == skeleton(b):
        return True
    label, other = a.partition(".")[0], b.partition(".")[0]
    if label == other:
        return distance(a, b, 2) <= 2 and not _are_endings(a, b)
    return min(len(label), len(other)) > 4 and distance(label, other, 2) <= (
        1 if len(label) < 9 else 2)  # fmt: skip


def _are_endings(a: str, b: str) -> bool:
    """`acme.de` and `acme.com` are two hosts of one firm, not one misread."""
    return a.rpartition(".")[2] in TOPS and b.rpartition(".")[2] in TOPS


def _near_company(own: str, texts: Iterable[str]) -> str:
    """The host spelled as the company is, where its label is a letter off that: the rival."""
    label, _, ending = own.partition(".")
    plain = "".join(c for c in label if c.isalnum())
    if len(plain) < 6:
        return ""
    for text in texts:
        words = [letters(w) for w in text.split()[:6]]
        for count in range(1, len(words) + 1):
            joined = "".join(words[:count])
            if joined != plain and joined.isascii() and abs(len(joined) - len(plain)) < 2 and (
                distance(joined, plain, 1) == 1 and joined):  # fmt: skip
                return f"{joined}.{ending}"
    return ""


def _local(found: Found, line: Line, known: Known) -> tuple[str, str, int, bool]:
    """The local part as it must be, its rival, how far the name speaks for it (2 to -1), and
    whether it was changed."""
    read = found.address.local
    first = picture_rivals.level(read, known.name)
    if (whole := picture_rivals.with_word_before(found, line, known.name)) is not None:
        return whole, whole.replace("_", "."), 1, True
    if roles.kind(found.address) is not None:
        return read.lower(), "", 1, False
    read = read.lower() if read.isupper() else read
    if first == 2:
        return (read.lower() if picture_rivals.is_odd(read) else read), "", first, False
    rivals = picture_rivals.rivals(found, line)
    for rival in rivals:
        if len(read) - len(rival) == 1 and roles.kind(Address.parse(f"{rival}@a.com")) is not None:
            return rival.lower(), "", 1, False
    for rival in rivals:
        if picture_rivals.level(rival, known.name) == 2:
            return rival, "", 2, True
    near = picture_rivals.by_name(read, known.name)
    if near is not None:
        return (near, read, 1, True) if skeleton(near) == skeleton(read) else (read, near, 0, False)
    best = max([read, *rivals], key=lambda r: (picture_rivals.level(r, known.name), r == read))
    level = picture_rivals.level(best, known.name)
    if level > first:
        return best, read, level, True
    doubtful = next((r for r in rivals if r != read), "")
    return (
        read,
        doubtful if picture_rivals.is_odd(read) else "",
        first,
        picture_rivals.is_odd(read) and bool(doubtful),
    )

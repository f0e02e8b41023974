"""Addresses of a picture checked against the rest of the card: its name, links and company."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.model.address import Address
from mailflow.model.card import UNSURE_BELOW, Reading
from mailflow.reading.cards import picture_hosts, picture_rivals, roles
from mailflow.reading.cards.picture_address import Found
from mailflow.reading.cards.picture_evidence import own_domain
from mailflow.reading.cards.picture_lines import Line
from mailflow.reading.cards.picture_pieces import Parts
from mailflow.reading.cards.picture_spelling import skeleton

CLEAR = 0.9
LEADS = frozenset({"e.", "e-", "e_", "m."})
"""What a label `e.` that lost its blank looks like."""
MIN_LED = 6


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
    rival: str


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
                settled.value,
                settled.sure,
                f"line {part.line.number}",
                settled.doubt,
                settled.rival,
                part.line.crop if settled.doubt else b"",
            )
            kept = out.get(settled.value.casefold())
            if kept is None or kept.confidence < reading.confidence:
                out[settled.value.casefold()] = reading
    return tuple(sorted(out.values(), key=lambda r: _is_shared(r.value)))


def _is_shared(value: str) -> bool:
    return roles.kind(Address.parse(value)) is not None


def _settled(found: Found, line: Line, known: Known, others: Sequence[str]) -> _Settled:
    host = picture_hosts.settle(found.address.domain, [*known.hosts, *others], known.texts)
    has_host = host.is_confirmed
    local, local_rival, level, changed = _local(found, line, known)
    address = Address.maybe(f"{local}@{host.value}") or found.address
    is_shared = roles.kind(address) is not None
    if is_shared:
        level = max(level, 1)
    sure = _sureness(level, has_host=has_host)
    if found.mended and not (level == 2 and has_host):
        sure = min(sure, 0.75)
    if changed and level < 2:
        sure = min(sure, 0.7)
    if host.rival or (local_rival and level < 2):
        sure = min(sure, 0.6)
    if line.confidence < CLEAR and not (level == 2 and has_host):
        sure = min(sure, 0.75)
    rival = _rival(address, local_rival, host.rival) if sure < UNSURE_BELOW else ""
    return _Settled(str(address), sure, _doubt(address, sure, rival), rival)


def _sureness(level: int, *, has_host: bool) -> float:
    """Two witnesses, one, or none: the host's and the name's."""
    if has_host:
        return {2: 0.98, 1: 0.92, 0: 0.85, -1: 0.75}[level]
    return {2: 0.9, 1: 0.8, 0: 0.7, -1: 0.6}[level]


def _rival(address: Address, local: str, host: str) -> str:
    """The next best reading of an address, from its parts; nothing where there is none."""
    rival = Address.maybe(f"{local or address.local}@{host or address.domain}")
    return str(rival) if rival is not None and rival != address else ""


def _doubt(address: Address, sure: float, rival: str) -> str:
    if sure >= UNSURE_BELOW:
        return ""
    if rival:
        return f"I read “{address}”; it could be “{rival}”."
    return f"I read “{address}” once and nothing else on the card confirms it."


def _local(found: Found, line: Line, known: Known) -> tuple[str, str, int, bool]:
    """The local part as it must be, its rival, how far the name speaks for it (2 to -1), and
    whether it was changed."""
    read = found.address.local
    first = picture_rivals.level(read, known.name)
    if (whole := picture_rivals.with_word_before(found, line, known.name)) is not None:
        return whole, whole.replace("_", ".") if "_" in whole else read, 1, True
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
    if (role := picture_rivals.role_near(read)) and first < 1:
        return read, role, first, False
    if read[:2].lower() in LEADS and len(read) > MIN_LED:
        return read, read[2:], first, True
    doubtful = next((r for r in rivals if r != read), "") if picture_rivals.is_odd(read) else ""
    return read, doubtful, first, bool(doubtful)

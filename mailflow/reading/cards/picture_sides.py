"""Which lines of a picture are one person's: several cards on one page, two sides of one card."""

from collections.abc import Callable, Sequence

from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.text import folded
from mailflow.reading.cards import picture_address, picture_evidence, roles
from mailflow.reading.cards.picture_lines import Line

MAX_PEOPLE = 8
MIN_GAP = 0.8
"""Heights of a middling line that part two cards at least."""
MAX_CUTS = 6

Read = Callable[[Sequence[Line]], Card]


def people(lines: Sequence[Line], read: Read, left: int = MAX_PEOPLE) -> list[list[Line]]:
    """The lines of each card on one page: parted at the widest gap that leaves on both sides a
    person with an own address that fits their name. `read` reads a card from lines."""
    whole = list(lines)
    if left < 2 or _persons(whole) < 2 or not all(line.has_place for line in whole):
        return [whole]
    for first, second in _cuts(whole):
        if _persons(first) and _persons(second) and _are_two(read(first), read(second)):
            return [*people(first, read, left // 2), *people(second, read, left // 2)]
    return [whole]


def _persons(lines: Sequence[Line]) -> int:
    """How many different addresses of persons the lines bear."""
    found = (
        f.address for line in lines if "@" in line.text for f in picture_address.find(line.text)
    )
    return len({a for a in found if roles.kind(a) is None})


def _cuts(lines: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The six widest gaps, across and down, as the lines on either side; in reading order."""
    middle = sorted(line.height for line in lines)[len(lines) // 2]
    found: list[tuple[float, int, list[Line], list[Line]]] = []
    for start, end in ((_top, _bottom), (_left, _right)):
        ordered = sorted(lines, key=start)
        reach = end(ordered[0])
        for at in range(1, len(ordered)):
            gap = start(ordered[at]) - reach
            if gap > MIN_GAP * middle:
                head, tail = ordered[:at], ordered[at:]
                found.append((gap, len(found), _in_order(head, lines), _in_order(tail, lines)))
            reach = max(reach, end(ordered[at]))
    found.sort(key=lambda cut: -cut[0])
    return [(first, second) for _, _, first, second in found[:MAX_CUTS]]


def _in_order(some: list[Line], lines: list[Line]) -> list[Line]:
    kept = set(some)
    return [line for line in lines if line in kept]


def _top(line: Line) -> float:
    return line.top


def _bottom(line: Line) -> float:
    return line.bottom


def _left(line: Line) -> float:
    return line.left


def _right(line: Line) -> float:
    return line.right


def _are_two(a: Card, b: Card) -> bool:
    """Whether two cards name two people, each with an own address that is not the other's."""
    if a.name is None or b.name is None or _same_name(a, b):
        return False
    return _owns(a, a) and _owns(b, b) and not _owns(a, b) and not _owns(b, a)


def _owns(named: Card, addressed: Card) -> bool:
    """Whether an address of the second speaks for the name of the first."""
    addresses = [a for e in addressed.emails if (a := Address.maybe(e.value)) is not None]
    if named.name is None:
        return False
    found = picture_evidence.support(
        named.name.value, picture_evidence.evidence(addresses, addressed.urls)
    )
    return found.level > 0


def are_one(a: Card, b: Card) -> bool:
    """Whether two cards, of two pages or two pictures, are two sides of one: they share an
    address or a number, or a name and nothing that contradicts it, or one of them names nobody."""
    mine, theirs = _personal(a), _personal(b)
    if mine and theirs:
        return bool(mine & theirs)
    if _numbers(a) & _numbers(b):
        return (
            not (a.name and b.name and mine | theirs) or _same_name(a, b) or _scripts_differ(a, b)
        )
    if a.name is not None and b.name is not None:
        return (_same_name(a, b) or not (_is_bare(a) and _is_bare(b))) and (
            _same_name(a, b) or _is_bare(a) or _is_bare(b))  # fmt: skip
    return _hosts(a) & _hosts(b) != set() or not (_reachable(a) and _reachable(b))


def _personal(card: Card) -> set[Address]:
    found = (Address.maybe(e.value) for e in card.emails)
    return {a for a in found if a is not None and roles.kind(a) is None}


def _numbers(card: Card) -> set[str]:
    return {p.e164 for p in card.phones if p.e164}


def _hosts(card: Card) -> set[str]:
    hosts = picture_evidence.hosts_of(card.urls)
    hosts += [a.domain for e in card.emails if (a := Address.maybe(e.value)) is not None]
    return {picture_evidence.own_domain(h) for h in hosts} - picture_evidence.FREE


def _reachable(card: Card) -> bool:
    return bool(card.emails or card.phones)


def _is_bare(card: Card) -> bool:
    """A side with a logo and a motto: what looks like a name there is hardly one."""
    return not _reachable(card) and card.title is None


def _same_name(a: Card, b: Card) -> bool:
    if a.name is None or b.name is None:
        return False
    first, second = set(folded(a.name.value).split()), set(folded(b.name.value).split())
    return first <= second or second <= first


def _scripts_differ(a: Card, b: Card) -> bool:
    """`山田太郎` and `Taro Yamada` can be one name."""
    names = [card.name.value for card in (a, b) if card.name is not None]
    return len({any(ord(c) > 0x2E80 for c in name) for name in names}) == 2

"""What was seen on a picture read into the cards of people, each field checked by the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from mailflow.model.address import Address
from mailflow.model.card import Card, Phone, Reading
from mailflow.model.scan import Scan
from mailflow.reading.cards import (
    codes,
    judge,
    person,
    picture_candidates,
    picture_evidence,
    picture_home,
    picture_name,
    picture_order,
    picture_phones,
    picture_sides,
    roles,
)
from mailflow.reading.cards.candidates import GOOD, Candidate, candidates_of
from mailflow.reading.cards.codes import Said
from mailflow.reading.cards.picture_codes import overlaid
from mailflow.reading.cards.picture_confirm import Known, confirmed
from mailflow.reading.cards.picture_lines import Line, lines_of
from mailflow.reading.cards.picture_name import Named
from mailflow.reading.cards.picture_pieces import Parts, parts_of
from mailflow.reading.cards.picture_postal import postal
from mailflow.reading.cards.picture_sides import are_one
from mailflow.reading.cards.picture_spelling import letters
from mailflow.reading.cards.picture_sureness import Setting
from mailflow.reading.cards.position import title_and_org
from mailflow.reading.cards.vocabulary import ORG

MAX_PAGES = 50
FORM = "photo"


@dataclass(frozen=True, slots=True)
class Side:
    """The lines of one side of a card, the cards its codes hold and the links they are."""

    lines: tuple[Line, ...]
    codes: tuple[Card, ...] = ()
    links: tuple[str, ...] = ()

    def joined(self, other: "Side") -> "Side":
        """Both sides as one."""
        return Side(self.lines + other.lines, self.codes + other.codes, self.links + other.links)


def read_scan(scan: Scan, *, region: str, source: str) -> tuple[Card, ...]:
    """The people on a picture. `region` (ISO 3166) is the owner's, for numbers of cards that tell
    no country; `source` names the picture in each field ("the picture", "the picture card.jpg").
    Pure; never raises; addresses are valid and those that nothing confirms are unsure."""
    own = partial(read_lines, region=region, source=source)
    sides: list[Side] = []
    for number, page in enumerate(scan.pages[:MAX_PAGES], start=1):
        said = codes.said(page.codes, region=region)
        groups = picture_sides.people(lines_of(page, number), own)
        sides += _with_codes([Side(tuple(lines)) for lines in groups], said, own)
    return tuple(_joined(sides, region, source))


def _with_codes(sides: list[Side], said: Said, own: picture_sides.Read) -> list[Side]:
    """The codes of a page go to the side of the person they tell of; with one side, all to it."""
    if len(sides) == 1:
        return [replace(sides[0], codes=said.cards, links=said.urls)]
    read = [own(side.lines) for side in sides]
    out = [replace(side, links=said.urls if at == 0 else ()) for at, side in enumerate(sides)]
    for code in said.cards:
        fits = [at for at, card in enumerate(read) if picture_sides.are_one(code, card)]
        to = fits[0] if fits else 0
        out[to] = replace(out[to], codes=(*out[to].codes, code))
    return out


def _joined(sides: list[Side], region: str, source: str) -> list[Card]:
    """The card of each person; sides of one card are read together."""
    out: list[tuple[Side, Card]] = []
    for side in sides:
        card = _card(side, region, source)
        if not (side.lines or side.codes or side.links):
            continue
        to = next((at for at, (_, known) in enumerate(out) if are_one(known, card)), None)
        if to is None:
            out.append((side, card))
        else:
            both = out[to][0].joined(side)
            out[to] = both, _card(both, region, source)
    return [card for _, card in out]


def _card(side: Side, region: str, source: str) -> Card:
    """What is printed and what the codes say as one card."""
    hosts = picture_evidence.hosts_of(side.links)
    hosts += [a.domain for code in side.codes if (a := code.address) is not None]
    card = read_lines(side.lines, region=region, source=source, hosts=hosts)
    for code in side.codes:
        if code.name is None or card.name is None or len(side.codes) == 1 or are_one(code, card):
            card = overlaid(code, card)
    return replace(card, urls=tuple(dict.fromkeys((*card.urls, *side.links))))


def read_lines(
    lines: Sequence[Line], *, region: str, source: str, hosts: Sequence[str] = ()
) -> Card:
    """One person's card out of its lines.

    1. Take each line apart. 2. Choose the name by the addresses. 3. Check the addresses by the name
    and the hosts. 4. Title and company from what is left. 5. Numbers by the card's country.
    """
    parts = parts_of(lines)
    urls = tuple(dict.fromkeys(url for part in parts for url in part.links))
    addresses = [found.address for part in parts for found in part.emails]
    hosts = [*picture_evidence.hosts_of(urls), *hosts]
    domains = [a.domain for a in addresses if a.domain not in picture_evidence.FREE]
    where = picture_home.home(parts, [*domains, *hosts], region)
    evidence = picture_evidence.evidence(addresses, urls)
    candidates = picture_candidates.parted(
        candidates_of([p for part in parts for p in part.texts], addresses, hosts), evidence
    )
    titled = frozenset(c.line for c in candidates if judge.title(c.text) >= GOOD)
    setting = Setting(
        lines, evidence, [*hosts, *domains],
        where.culture, titled,
    )  # fmt: skip
    named = picture_name.choose(candidates, setting)
    name = named.reading if named else _by_address(addresses)
    rest = _rest(candidates, named)
    emails = confirmed(
        parts, Known(named.reading.value if named else "", hosts, [c.text for c in rest])
    )
    name_at = named.candidate if named else None
    printed = named.candidate.text if named else ""
    given, family = (
        picture_order.parts(name.value, printed, setting.evidence, setting.region)
        if name
        else ("", "")
    )
    title, org = title_and_org(
        [_told(c, [*domains, *hosts]) for c in rest if not _is_degrees(c)],
        addresses,
        hosts,
        name_at,
    )
    taken = {r.value for r in (title, org) if r is not None}
    phones, faxes = picture_phones.numbers(parts, where)
    card = Card(
        name=name, given=given, family=family,
        title=title, org=org, emails=emails, phones=phones, faxes=faxes, urls=urls,
        postal=postal([c for c in rest if c.text not in taken], lines), form=FORM,
        missed=_missed(named, parts, (*phones, *faxes)),
    )  # fmt: skip
    return _sourced(card, lines, source)


def _is_degrees(candidate: Candidate) -> bool:
    words = candidate.text.replace(",", " ").split()
    return all(person.is_suffix(w) or w.startswith("(") for w in words)


def _told(candidate: Candidate, domains: Sequence[str]) -> Candidate:
    """A text that is a host's name letter by letter is the company, whatever words are in it."""
    plain = letters(candidate.text)
    labels = {letters(picture_evidence.own_domain(d).partition(".")[0]) for d in domains}
    is_host = len(plain) > 5 and plain in labels and not candidate.label
    return replace(candidate, label=ORG) if is_host else candidate


def _by_address(addresses: Sequence[Address]) -> Reading | None:
    """The name that an address spells, where no line of the card looks like one."""
    for address in addresses:
        if roles.kind(address) is None and (name := person.from_local_part(address)):
            doubt = f"I could not read the name; “{name}” is what the address {address} spells."
            return Reading(name, 0.5, "", doubt)
    return None


def _rest(candidates: Sequence[Candidate], named: Named | None) -> list[Candidate]:
    used = named.used if named else ()
    out = [c for c in candidates if named is None or c is not named.candidate]
    return [c for c in out if len(used) < 2 or c.line not in used]


def _missed(
    named: Named | None, parts: Sequence[Parts], phones: Sequence[Phone]
) -> tuple[str, ...]:
    missed = [] if named else ["name"]
    if any(part.is_mail_label for part in parts) or (named and _is_lost_sign(named, parts)):
        missed.append("emails")
    if picture_phones.has_missed(parts, phones):
        missed.append("phones")
    return tuple(missed)


def _is_lost_sign(named: Named, parts: Sequence[Parts]) -> bool:
    """`jane.roeacme.io`: where no address is, a host that begins with the name has lost its `@`."""
    words = [s for spelled in picture_evidence.name_words(named.reading.value) for s in spelled]
    hosts = (url for part in parts for url in part.links if "/" not in url)
    has_none = not any(part.emails for part in parts)
    return has_none and any(h.startswith(w) and len(w) > 3 and "." in h[len(w) : h.rfind(".")]
                            for h in hosts for w in words)  # fmt: skip


def _sourced(card: Card, lines: Sequence[Line], source: str) -> Card:
    """Every field with the line it stands on: "line 3 of the picture"."""

    def told(reading: Reading | None) -> Reading | None:
        if reading is None or not reading.source:
            return reading
        return replace(reading, source=f"{reading.source} of {source}")

    return replace(
        card, name=told(card.name),
        title=_by_place(card.title, lines, source), org=_by_place(card.org, lines, source),
        emails=tuple(r for e in card.emails if (r := told(e)) is not None),
        phones=tuple(replace(p, source=f"{p.source} of {source}") for p in card.phones),
        faxes=tuple(replace(p, source=f"{p.source} of {source}") for p in card.faxes),
    )  # fmt: skip


def _by_place(reading: Reading | None, lines: Sequence[Line], source: str) -> Reading | None:
    """A field whose source counts the places of lines, told by the line's own number."""
    if reading is None:
        return None
    at = int(reading.source.rpartition(" ")[2])
    return replace(reading, source=f"line {lines[at].number} of {source}")

"""A signature block or letterhead read into one person's card; nothing in it is invented."""

from dataclasses import replace

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Phone, Reading
from mailflow.reading.cards import judge, person, phones, roles
from mailflow.reading.cards.candidates import GOOD, Candidate, candidates_of
from mailflow.reading.cards.pieces import Piece, pieces
from mailflow.reading.cards.position import title_and_org
from mailflow.reading.cards.vocabulary import FAX, MOBILE, NAME, POSTAL, REGISTER


def read(text: str, *, sender: NamedAddress | None, region: str, domain: str = "") -> Card:
    """The person whose signature `text` is. `sender` is who wrote the mail: their address comes
    first, their name is taken when the block has none. `region` is for numbers without a country
    code when nothing in the block, nor the writer's own `domain`, tells one. Never raises."""
    found = pieces(text)
    emails = _emails(found, sender)
    addresses = [Address.parse(e.value) for e in emails]
    hosts = [_host(u) for p in found for u in p.urls] + ([domain] if domain else [])
    candidates = candidates_of(found, addresses, hosts)
    personal = [address for address in addresses if roles.kind(address) is None]
    name, name_at = _name(candidates, personal, sender)
    rest = [c for c in candidates if c is not name_at]
    title, org = title_and_org(rest, addresses, hosts, name_at)
    postal = _postal([c for c in rest if c.text not in {title and title.value, org and org.value}])
    where = phones.region(
        (p.text for p in found), [a.domain for a in addresses] + hosts,
        (n.text for p in found for n in p.numbers if n.kind != REGISTER), region,
    )  # fmt: skip
    told, faxes = _numbers(found, where)
    given, family = person.split(name.value) if name else ("", "")
    return Card(
        name=name, given=given, family=family, title=title, org=org, emails=emails, phones=told,
        faxes=faxes, urls=tuple(dict.fromkeys(u for p in found for u in p.urls)), postal=postal,
        form="signature",
    )  # fmt: skip


def merged(card: Card, header: Card, emails: tuple[Reading, ...]) -> Card:
    """The card of a body with the addresses that are the person's, and the header's name where the
    body has none."""
    name = card.name or header.name
    given, family = person.split(name.value) if name else ("", "")
    kept = emails or header.emails
    return replace(card, name=name, given=given, family=family, emails=kept, form="forward")


def fields(text: str, region: str = "US") -> dict[str, object]:
    """The fields of a block as plain values: name, title, org, phones, emails, urls."""
    card = read(text, sender=None, region=region)
    return {
        "name": card.name.value if card.name else "",
        "title": card.title.value if card.title else "",
        "org": card.org.value if card.org else "",
        "phones": [p.e164 or p.written for p in card.phones],
        "emails": [e.value for e in card.emails],
        "urls": list(card.urls),
    }


def _emails(found: list[Piece], sender: NamedAddress | None) -> tuple[Reading, ...]:
    kept: dict[Address, Reading] = {}
    if sender is not None:
        kept[sender.address] = roles.reading(sender.address, "the From line")
    for piece in found:
        for address in piece.emails:
            kept.setdefault(address, roles.reading(address, f"line {piece.line}"))
    ordered = sorted(kept.items(), key=lambda item: roles.kind(item[0]) is not None)
    return tuple(reading for _, reading in ordered)


def _name(
    candidates: list[Candidate], addresses: list[Address], sender: NamedAddress | None
) -> tuple[Reading | None, Candidate | None]:
    """The likeliest name: labelled, like the sender's, or by shape; earlier lines before later."""
    best: tuple[float, Candidate] | None = None
    for order, candidate in enumerate(candidates):
        score = judge.name(candidate.text, addresses) - min(order, 10) * 0.02
        if candidate.label == NAME:
            score = 1.0
        elif candidate.label:
            continue
        elif sender is not None and sender.name and _same(candidate.text, sender.name):
            score = max(score, 0.95)
        if score >= GOOD and (best is None or score > best[0]):
            best = score, candidate
    if best is None and sender is None and (lone := _lone(candidates)) is not None:
        doubt = f"I am not sure that “{lone.text}” is the name."
        return Reading(lone.text, 0.6, f"line {lone.line}", doubt), lone
    if best is None:
        known = person.straight(sender.name) if sender and sender.name else ""
        return (Reading(known, 0.9, "the From line") if known else None), None
    score, candidate = best
    text = person.straight(candidate.text)
    sure = 0.95 if score >= 0.75 else 0.7
    doubt = "" if sure > 0.8 else f"I am not sure that “{text}” is the name."
    return Reading(text, sure, f"line {candidate.line}", doubt), candidate


def _lone(candidates: list[Candidate]) -> Candidate | None:
    """A single capitalised word above a title: a first name, perhaps."""
    match candidates:
        case [first, second, *_] if judge.title(second.text) >= GOOD > judge.title(first.text):
            is_word = first.text.isalpha() and first.text.istitle()
            return first if is_word and judge.org(first.text, [], []) < GOOD else None
    return None


def _same(text: str, name: str) -> bool:
    a, b = set(judge.words_of(text)), set(judge.words_of(name))
    return len(a & b) >= min(2, len(a), len(b)) and bool(a & b)


def _postal(rest: list[Candidate]) -> str:
    """The lines of an address that stand together, in order."""
    kept: list[Candidate] = []
    for candidate in rest:
        is_part = candidate.label == POSTAL or judge.postal(candidate.text) >= 0.5
        if is_part and (not kept or candidate.line - kept[-1].line <= 2):
            kept.append(candidate)
    strong = any(c.label == POSTAL or judge.postal(c.text) >= 0.7 for c in kept)
    return ", ".join(dict.fromkeys(c.text.rstrip(",") for c in kept)) if strong else ""


def _numbers(found: list[Piece], region: str) -> tuple[tuple[Phone, ...], tuple[Phone, ...]]:
    """Phones and faxes apart; a number without a label must be dialable to count."""
    told: dict[str, Phone] = {}
    faxes: dict[str, Phone] = {}
    for piece in found:
        for number in piece.numbers:
            if REGISTER in {number.kind, piece.label}:
                continue
            kind = "mobile" if number.kind == MOBILE else ""
            phone = phones.phone(
                number.text, region, kind=kind, source=f"line {piece.line}",
                is_told=bool(number.kind),
            )  # fmt: skip
            if phone is not None and (phone.e164 or number.kind):
                kept = faxes if number.kind == FAX else told
                kept.setdefault(phone.e164 or phone.written, phone)
    return tuple(told.values()), tuple(faxes.values())


def _host(url: str) -> str:
    return url.lower().removeprefix("https://").removeprefix("http://").partition("/")[0]

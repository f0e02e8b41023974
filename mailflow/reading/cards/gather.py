"""Every person in one mail from the owner: vCards, attached and forwarded mail, typed lines."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Gathered, Reading
from mailflow.model.mail import Forward, InboundMessage, Part
from mailflow.model.policy import Identity
from mailflow.model.text import folded, printable
from mailflow.reading.cards import digital, line, merge, person, roles, senders, typed, vcard
from mailflow.reading.cards.note import noted as _noted
from mailflow.reading.cards.note import own_note
from mailflow.reading.cards.seen import MAX_PICTURES, TOO_MANY, Seen, people, worth_reading

MAX_CARDS = 50
MAX_DEPTH = 5
MAX_PROBLEMS = 30
VCARD_TYPES = frozenset(
    ["text/vcard", "text/x-vcard", "text/directory", "application/vcard", "application/x-vcard"]
)
TABLE_TYPES = frozenset(["text/csv", "text/tab-separated-values"])
TABLE = (
    "{name} is a table; I take tables of people in on my own machine:"
    " mailflow import contacts {name}"
)
NO_ADDRESS = (
    "The mail you forwarded names “{name}” without an address. "
    "Add them with a line: “met {name} <ADDRESS>”."
)


def cards(
    message: InboundMessage,
    forwards: Sequence[Forward],
    note: str,
    *,
    identity: Identity,
    today: date,
    seen: Sequence[Seen] = (),
) -> Gathered:
    """The people in `message`, at most 50, with sentences about what was not taken.

    1. vCards attached. 2. Attached mail: who wrote it. 3. Else an invitation's organiser. 4. Else
    whoever wrote the forwarded mail, or whom a card service's mail tells of. 5. Who is on the
    pictures: `seen` is what was seen on those of `pictures`.
    `note` is what the owner wrote above: its `@EVENT` and `#tag` go to all, its words to the one
    contact there is. The owner, robots, shared mailboxes and lists never become contacts.
    """
    problems: list[str] = []
    found = _from_vcards(message, identity, problems)
    found += _from_attached(message.attached, identity, problems)
    found = found or digital.from_calendar(message.parts, identity)
    if not found:
        found = _from_forwards(forwards, identity, problems)
    found += _from_pictures(message, forwards, seen, identity, problems)
    if not found and not problems and not _is_passed_on(message, forwards):
        found = typed.card(note, identity)
        note = "" if found else note
    return _told(found,
                 note, identity, today, problems)  # fmt: skip


def on_pictures(
    message: InboundMessage,
    forwards: Sequence[Forward],
    note: str,
    *,
    identity: Identity,
    today: date,
    seen: Sequence[Seen],
) -> Gathered:
    """Only the people on the pictures of a mail whose other cards were taken before."""
    problems: list[str] = []
    found = _from_pictures(message, forwards, seen, identity, problems)
    return _told(found, note, identity, today, problems)


def pictures(message: InboundMessage, forwards: Sequence[Forward]) -> tuple[Part, ...]:
    """The pictures and PDFs of a mail that may show a card, at most ten."""
    return worth_reading(message, is_passed_on=_is_passed_on(message, forwards))[:MAX_PICTURES]


def _is_passed_on(message: InboundMessage, forwards: Sequence[Forward]) -> bool:
    return bool(forwards or message.attached)


def _from_pictures(
    message: InboundMessage,
    forwards: Sequence[Forward],
    seen: Sequence[Seen],
    identity: Identity,
    problems: list[str],
) -> list[Card]:
    is_passed_on = _is_passed_on(message, forwards)
    found, said_of = people(seen, identity, line.USAGE, is_passed_on=is_passed_on)
    problems += said_of
    if seen and len(worth_reading(message, is_passed_on=is_passed_on)) > MAX_PICTURES:
        problems.append(TOO_MANY.format(most=MAX_PICTURES))
    return found


def _told(
    found: list[Card], note: str, identity: Identity, today: date, problems: list[str]
) -> Gathered:
    kept = _acceptable(found, identity, problems)
    if len(kept) > MAX_CARDS:
        problems.append(f"That mail holds {len(kept)} people; I took the first {MAX_CARDS}.")
    kept = _noted(kept[:MAX_CARDS], own_note(note, identity), today, problems)
    return Gathered(tuple(kept), tuple(dict.fromkeys(problems))[:MAX_PROBLEMS])


def is_vcard(part: Part) -> bool:
    """By MIME type or file name: many programs send cards as octet-stream."""
    return part.content_type.lower() in VCARD_TYPES or part.filename.lower().endswith(
        (".vcf", ".vcard")
    )


def _from_vcards(message: InboundMessage, identity: Identity, problems: list[str]) -> list[Card]:
    found: list[Card] = []
    for part in message.parts:
        if is_vcard(part):
            read, said_of = vcard.read(part.data, part.filename, region=identity.region)
            found += read
            problems += said_of
        elif _is_table(part):
            problems.append(TABLE.format(name=printable(part.filename, 80) or "FILE"))
    return found


def _is_table(part: Part) -> bool:
    is_named = part.filename.lower().endswith((".csv", ".tsv"))
    return is_named or part.content_type.lower() in TABLE_TYPES


def _from_attached(
    attached: Sequence[InboundMessage], identity: Identity, problems: list[str], depth: int = 0
) -> list[Card]:
    """vCards and invitations inside an attached mail, else its sender; what the owner wrote is
    looked into instead."""
    found: list[Card] = []
    for message in attached[:MAX_CARDS]:
        inner = _from_vcards(message, identity, problems)
        inner = inner or digital.from_calendar(message.parts, identity)
        if not inner and depth < MAX_DEPTH and senders.is_own(message.sender, identity):
            inner = _from_attached(message.attached, identity, problems, depth + 1)
        elif not inner and message.sender is not None:
            inner = _from_mail(message.sender, message.text, identity, problems)
        found += inner
    return found


def _from_forwards(
    forwards: Sequence[Forward], identity: Identity, problems: list[str]
) -> list[Card]:
    meant = senders.written_about(forwards, identity)
    if meant is None:
        return []
    if meant.sender is not None and _is_machine(meant.sender, identity):
        return _from_mail(meant.sender, meant.body, identity, problems)
    card = senders.from_forward(meant, forwards[0], identity)
    if card is None and folded(meant.sender_name) not in {"", folded(identity.name)}:
        name = printable(person.straight(meant.sender_name), 60)
        problems.append(NO_ADDRESS.format(name=name))
    return [card] if card is not None else []


def _is_machine(named: NamedAddress, identity: Identity) -> bool:
    is_robot = roles.kind(named.address) is not None or bool(digital.service_of(named.address))
    return is_robot and not senders.is_own(named, identity)


def _from_mail(
    sender: NamedAddress, body: str, identity: Identity, problems: list[str]
) -> list[Card]:
    """Who wrote it, or, when a machine did, whom it tells of."""
    if _is_machine(sender, identity):
        told = digital.from_service(sender, body, identity)
        if isinstance(told, str):
            problems.append(told)
        elif told is not None:
            return [told]
        else:
            what = roles.kind(sender.address)
            problems.append(f"{sender.address} is {what}, no person's; I did not take it.")
        return []
    return [senders.from_sender(sender, body, identity, "attached mail")]


def _acceptable(found: Iterable[Card], identity: Identity, problems: list[str]) -> list[Card]:
    """Without the owner, without addresses that are no person's, each address once."""
    kept: dict[str, Card] = {}
    for card in found:
        emails = [e for e in card.emails if not senders.is_own(_bare(e), identity)]
        if card.emails and not emails:
            problems.append(f"I left out {card.emails[0].value}: that is you.")
            continue
        wrong = {e.value: what for e in emails if (what := _role(e))}
        personal = tuple(e for e in emails if e.value not in wrong)
        is_nobody = bool(wrong) and not personal and (card.name is None or card.form == "forward")
        for address, what in wrong.items():
            kept_as = "" if is_nobody else " as theirs; I kept it with the links"
            problems.append(f"{address} is {what}, no person's; I did not take it{kept_as}.")
        if is_nobody:
            continue
        shared = tuple(f"mailto:{address}" for address in wrong)
        card = replace(card, urls=(*card.urls, *shared))
        key = personal[0].value.casefold() if personal else f"?{len(kept)}"
        card = replace(card, emails=personal)
        kept[key] = merge.merged([kept[key], card]) if key in kept else card
    return list(kept.values())


def _bare(reading: Reading) -> NamedAddress | None:
    address = Address.maybe(reading.value)
    return NamedAddress(address) if address else None


def _role(reading: Reading) -> str | None:
    address = Address.maybe(reading.value)
    return roles.kind(address) if address else None

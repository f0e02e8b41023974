"""Every person in one mail from the owner: vCards, attached and forwarded mail, typed lines."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Gathered, Reading
from mailflow.model.closing import FAREWELLS, bare
from mailflow.model.mail import Forward, InboundMessage, Part
from mailflow.model.policy import Identity
from mailflow.model.text import printable
from mailflow.reading.cards import line, person, roles, said, signature, vcard

MAX_CARDS = 50
MAX_DEPTH = 5
MAX_PROBLEMS = 30
TAIL_LINES = 15
"""Lines at the end of a mail in which a signature without a delimiter is looked for."""
VCARD_TYPES = frozenset(
    ["text/vcard", "text/x-vcard", "text/directory", "application/vcard", "application/x-vcard"]
)
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff", ".pdf")
PICTURE_UNREAD = "I kept the picture {name}; this version cannot read pictures yet. Type it as a " \
                 "line instead: “{usage}”."  # fmt: skip
PRONOUN_LEADS = ("met her ", "met him ", "met them ", "met this ", "met at ", "met in ", "met on ")


def cards(
    message: InboundMessage,
    forwards: Sequence[Forward],
    note: str,
    *,
    identity: Identity,
    today: date,
) -> Gathered:
    """The people in `message`, at most 50, with sentences about what was not taken.

    1. vCards attached. 2. Attached mail: who wrote it. 3. Else the sender of each forwarded block.
    `note` is what the owner wrote above: its `@EVENT` and `#tag` go to all, its words to the one
    contact there is. The owner, robots, shared mailboxes and lists never become contacts.
    """
    problems: list[str] = []
    found = _from_vcards(message, identity, problems)
    found += _from_attached(message.attached, identity, problems)
    if not found:
        found = _from_forwards(forwards, identity, problems)
    unread = [part for part in message.parts if _is_picture(part)]
    for part in unread[:MAX_PROBLEMS]:
        name = f"“{printable(part.filename, 60)}”" if part.filename else "you sent"
        problems.append(PICTURE_UNREAD.format(name=name, usage=line.USAGE))
    kept = _acceptable(found, identity, problems)
    if len(kept) > MAX_CARDS:
        problems.append(f"That mail holds {len(kept)} people; I took the first {MAX_CARDS}.")
    kept = _noted(kept[:MAX_CARDS], note, today, problems)
    return Gathered(tuple(kept), tuple(dict.fromkeys(problems))[:MAX_PROBLEMS], len(unread))


def is_vcard(part: Part) -> bool:
    """By MIME type or file name: many programs send cards as octet-stream."""
    return part.content_type.lower() in VCARD_TYPES or part.filename.lower().endswith(
        (".vcf", ".vcard")
    )


def _is_picture(part: Part) -> bool:
    is_image = part.content_type.lower().startswith("image/")
    return is_image or part.filename.lower().endswith(PICTURE_ENDINGS)


def _from_vcards(message: InboundMessage, identity: Identity, problems: list[str]) -> list[Card]:
    found: list[Card] = []
    for part in message.parts:
        if is_vcard(part):
            read, said_of = vcard.read(part.data, part.filename, region=identity.region)
            found += read
            problems += said_of
    return found


def _from_attached(
    attached: Sequence[InboundMessage], identity: Identity, problems: list[str], depth: int = 0
) -> list[Card]:
    """vCards inside an attached mail, else its sender; of a nested one the innermost stranger."""
    found: list[Card] = []
    for message in attached[:MAX_CARDS]:
        inner = _from_vcards(message, identity, problems)
        if depth < MAX_DEPTH and not inner and _is_own(message.sender, identity):
            inner = _from_attached(message.attached, identity, problems, depth + 1)
        if not inner and message.sender is not None:
            inner = [_from_sender(message.sender, message.text, identity, "attached mail")]
        found += inner
    return found


def _from_forwards(
    forwards: Sequence[Forward], identity: Identity, problems: list[str]
) -> list[Card]:
    """The sender of each block that is not the owner, each once, innermost first when nested."""
    found: list[Card] = []
    for forward in forwards[:MAX_CARDS]:
        if forward.sender is not None and not _is_own(forward.sender, identity):
            found.append(_from_sender(forward.sender, forward.body, identity, "forwarded mail"))
        elif forward.sender is not None:
            others = [n for n in (*forward.to, *forward.cc) if not _is_own(n, identity)]
            if len(others) == 1:
                source = "the To line of your forwarded mail"
                found.append(_header_card(others[0], source))
    return found


def _is_own(named: NamedAddress | None, identity: Identity) -> bool:
    return named is not None and (
        identity.is_owner(named.address) or named.address == identity.service
    )


def _from_sender(sender: NamedAddress, body: str, identity: Identity, source: str) -> Card:
    """The header's name and address with what the signature under the mail adds."""
    header = _header_card(sender, f"the From line of the {source}")
    block = signature_block(body)
    if not block:
        return header
    signed = signature.read(block, sender=sender, region=identity.region)
    own = {header.emails[0].value.casefold()}
    extra = [
        e for e in signed.emails
        if e.value.casefold() not in own and header.name is not None
        and person.agreement(header.name.value, Address.maybe(e.value)) >= 0.8
    ]  # fmt: skip
    is_same = header.name is None or signed.name is None or _is_same(header, signed)
    if not is_same:
        return header
    name = header.name if header.name and not header.name.is_unsure else signed.name or header.name
    given, family = person.split(name.value) if name else ("", "")
    return replace(
        signed, name=name, given=given, family=family, emails=(*header.emails, *extra),
        form="forward",
    )  # fmt: skip


def _is_same(header: Card, signed: Card) -> bool:
    """Whether header and signature can be one person: a word of the names in common."""
    if header.name is None or signed.name is None or header.name.is_unsure:
        return True
    a = {w.casefold() for w in header.name.value.split()}
    return bool(a & {w.casefold() for w in signed.name.value.split()})


def _header_card(named: NamedAddress, source: str) -> Card:
    name = person.straight(named.name)
    if name and "@" not in name:
        reading: Reading | None = Reading(name, source=source)
    else:
        guess = person.from_local_part(named.address)
        doubt = f"I took the name “{guess}” from the address; tell me if it is another."
        reading = Reading(guess, 0.6, "the address", doubt) if guess else None
    given, family = person.split(reading.value) if reading else ("", "")
    address = Reading(str(named.address), source=source)
    return Card(name=reading, given=given, family=family, emails=(address,), form="forward")


def signature_block(body: str) -> str:
    """What follows the last signature delimiter, else the last lines from a farewell or a run of
    short lines with an address, a number or a link on."""
    lines = [text for text in body.splitlines()[-2000:] if not text.lstrip().startswith(">")]
    while lines and not lines[-1].strip():
        lines.pop()
    tail = lines[-TAIL_LINES:]
    for at, text in enumerate(tail):
        if text.rstrip() in {"--", "—", "___", "__"}:
            return "\n".join(tail[at + 1 :])
    for at, text in enumerate(tail):
        if bare(text) in FAREWELLS or bare(text.partition(",")[0]) in FAREWELLS:
            return "\n".join(tail[at + 1 :])
    start = len(tail)
    while start and tail[start - 1].strip() and len(tail[start - 1]) <= 80:
        start -= 1
    return "\n".join(tail[start:])


def _acceptable(found: Iterable[Card], identity: Identity, problems: list[str]) -> list[Card]:
    """Without the owner, without addresses that are no person's, each address once."""
    kept: dict[str, Card] = {}
    for card in found:
        emails = [e for e in card.emails if not _is_own(_bare(e), identity)]
        if card.emails and not emails:
            problems.append(f"I left out {card.emails[0].value}: that is you.")
            continue
        wrong = {e.value: what for e in emails if (what := _role(e))}
        personal = tuple(e for e in emails if e.value not in wrong)
        for address, what in wrong.items():
            problems.append(f"{address} is {what}, no person's; I did not take it.")
        if wrong and not personal and (card.name is None or card.form == "forward"):
            continue
        key = personal[0].value.casefold() if personal else f"?{len(kept)}"
        kept.setdefault(key, replace(card, emails=personal))
    return list(kept.values())


def _bare(reading: Reading) -> NamedAddress | None:
    address = Address.maybe(reading.value)
    return NamedAddress(address) if address else None


def _role(reading: Reading) -> str | None:
    address = Address.maybe(reading.value)
    return roles.kind(address) if address else None


def _noted(found: list[Card], note: str, today: date, problems: list[str]) -> list[Card]:
    """The owner's note: event and tags for all, its words for the one contact it can be about."""
    event, tags = line.marks(note)
    words = [w for w in map(str.strip, note.splitlines()) if w]
    noted = said.parted(piece for text in words for piece in _without_marks(text).split(";"))
    out = [line.marked(card, event, tags) for card in found]
    has_words = any((noted.notes, noted.wants, noted.offers, noted.promised))
    if len(out) == 1:
        only = out[0]
        out = [
            replace(
                only, wants=noted.wants, offers=noted.offers, promised=noted.promised,
                notes="; ".join(filter(None, [noted.notes, only.notes]))[:2000],
            )
        ]  # fmt: skip
    elif has_words and len(out) > 1:
        problems.append(
            "I could not tell whom your note is about, so I kept it with none of them: "
            f"“{printable(noted.notes or noted.wants or noted.promised, 120)}”."
        )
    return out


def _without_marks(text: str) -> str:
    kept = [w for w in text.split() if not (w[0] in "@#" and len(w) > 1)]
    return " ".join(kept)

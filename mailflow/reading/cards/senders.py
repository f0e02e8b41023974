"""The person behind an attached or forwarded mail: its header, with what the signature adds."""

from collections.abc import Sequence
from dataclasses import replace

from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Reading
from mailflow.model.closing import FAREWELLS, bare, is_delimiter
from mailflow.model.mail import Forward
from mailflow.model.policy import Identity
from mailflow.model.text import folded
from mailflow.reading.body_text import split_text
from mailflow.reading.cards import person, roles, signature

TAIL_LINES = 15
"""Lines at the end of a mail in which a signature without a delimiter is looked for."""
MAX_LINE = 80
VIA = (" via ", " (via ", " über ", " von ", " at ")
"""Behind these a sender's display name goes on with the service that wrote for them."""


def is_own(named: NamedAddress | None, identity: Identity) -> bool:
    """Whether it is the owner, or the service itself."""
    if named is None:
        return False
    service = identity.service
    local, _, host = named.address.key.rpartition("@")
    is_service = host == service.key.rpartition("@")[2] and local.startswith(
        service.key.rpartition("@")[0]
    )
    return identity.is_owner(named.address) or is_service


def written_about(forwards: Sequence[Forward], identity: Identity) -> Forward | None:
    """The forward whose sender is meant: the outermost, or the one it forwards in turn.

    Only a forward's own separator leads inwards; a thread quoted below is no other person.
    """
    meant = forwards[0] if forwards else None
    for inner in forwards[1:]:
        is_forwarded = any(e.rule.startswith("forward") for e in inner.evidence)
        if is_forwarded and inner.sender is not None and not is_own(inner.sender, identity):
            meant = inner
    return meant


def from_forward(forward: Forward, outer: Forward, identity: Identity) -> Card | None:
    """The sender of a forwarded mail; of the owner's own mail the one it was written to."""
    if forward.sender is not None and not is_own(forward.sender, identity):
        card = from_sender(forward.sender, forward.body, identity, "forwarded mail")
        by = outer.sender
        is_chain = outer is not forward and by is not None and not is_own(by, identity)
        through = (by.name or str(by.address)) if is_chain and by is not None else ""
        return replace(card, through=through)
    if forward.sender is None:
        return _from_name(forward, identity)
    others = [n for n in (*forward.to, *forward.cc) if not is_own(n, identity)]
    return from_header(others[0], "the To line of your own mail") if len(others) == 1 else None


def _from_name(forward: Forward, identity: Identity) -> Card | None:
    """The person whose name stands in the header without an address, if the signature has one."""
    block = signature_block(forward.body) if forward.sender_name else ""
    if not block:
        return None
    signed = signature.read(block, sender=None, region=identity.region)
    if signed.name is None or not signed.emails:
        return None
    wanted = folded(forward.sender_name).replace(",", " ").split()
    if not set(wanted) & set(folded(signed.name.value).split()):
        return None
    return replace(signed, form="forward")


def from_sender(sender: NamedAddress, body: str, identity: Identity, source: str) -> Card:
    """The header's name and address with what the signature under the mail adds."""
    header = from_header(sender, f"the From line of the {source}")
    block = signature_block(_own_text(body))
    if not block:
        return header
    signed = signature.read(
        block, sender=None, region=identity.region, domain=sender.address.domain
    )
    if not _is_same(header, signed):
        return header
    own = {header.emails[0].value.casefold()}
    name = header.name
    extra = tuple(
        email
        for email in signed.emails
        if email.value.casefold() not in own
        and name is not None
        and person.agreement(name.value, Address.maybe(email.value)) >= 0.8
    )
    name = name if name and not name.is_unsure else signed.name or name
    given, family = person.split(name.value) if name else ("", "")
    return replace(
        signed, name=name, given=given, family=family, emails=(*header.emails, *extra),
        form="forward",
    )  # fmt: skip


def _own_text(body: str) -> str:
    """What the writer of the mail wrote and signed, without what it answers."""
    parts = split_text(body)
    if not parts.quoted or not parts.new_text.strip():
        return body
    signed = parts.signature.strip()
    return f"{parts.new_text}\n-- \n{signed}" if signed else parts.new_text


def _is_same(header: Card, signed: Card) -> bool:
    """Whether header and signature can be one person: a word of the names in common."""
    if header.name is None or signed.name is None or header.name.is_unsure:
        return True
    words = {w.casefold() for w in header.name.value.split()}
    return bool(words & {w.casefold() for w in signed.name.value.split()})


def from_header(named: NamedAddress, source: str) -> Card:
    """A name and an address as a header gives them; a missing name is guessed and said so."""
    name = person.straight(without_via(named.name))
    reading: Reading | None = None
    if name and "@" not in name:
        reading = Reading(name, source=source)
    elif guess := person.from_local_part(named.address):
        doubt = f"I took the name “{guess}” from the address; write “name: …” if it is another."
        reading = Reading(guess, 0.6, "the address", doubt)
    given, family = person.split(reading.value) if reading else ("", "")
    address = roles.reading(named.address, source)
    return Card(name=reading, given=given, family=family, emails=(address,), form="forward")


def without_via(name: str) -> str:
    """`Jane Roe via LinkedIn` and `Jane Roe (Acme)` as `Jane Roe`."""
    lowered = name.lower()
    for mark in (*VIA[:3], " ("):
        at = lowered.find(mark)
        if at > 0:
            return name[:at].strip(" '\"")
    return name


def signature_block(body: str) -> str:
    """What follows the last signature delimiter or farewell of a mail, else the run of short lines
    it ends with; quoted lines are passed over."""
    lines = [text for text in body.splitlines()[-2000:] if not text.lstrip().startswith(">")]
    while lines and not lines[-1].strip():
        lines.pop()
    tail = lines[-TAIL_LINES:]
    for at in range(len(tail) - 1, -1, -1):
        if is_delimiter(tail[at]):
            return "\n".join(tail[at + 1 :])
    for at, text in enumerate(tail):
        if bare(text) in FAREWELLS or bare(text.partition(",")[0]) in FAREWELLS:
            return "\n".join(tail[at + 1 :])
    start = len(tail)
    while start and tail[start - 1].strip() and len(tail[start - 1]) <= MAX_LINE:
        start -= 1
    return "\n".join(tail[start:])

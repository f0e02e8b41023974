"""`allow A`: somebody taken off the suppression list, after a question that says why they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mailflow.errors import NotFound
from mailflow.model.address import Address
from mailflow.model.command import Approve, Reject, Verdict
from mailflow.model.contact import Contact, Suppression
from mailflow.model.draft import DraftEvent, DraftState
from mailflow.model.letter import Line
from mailflow.reading import answer
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.facts import Listed
from mailflow.store.tokens import TokenItem, TokenRow
from mailflow.tick import question
from mailflow.tick.house import House
from mailflow.tick.named import one

ALLOW = "allow "
"""Followed by when it was asked and the keyed hashes in question: never an address, because of
somebody forgotten nothing else is kept."""
ASKED = "I have sent you a mail of its own about this; answer it, so that I know it is you."
ONLY_THEN = (
    "Overrule that only if they told you since that they want to hear from you: it is their word."
)
NOTHING_LEFT = "Nothing else is kept of them, not even whether they had asked not to be written to."
NOTHING_LEAVES = (
    "Nothing is sent by it: mails to them may be drafted again, and each waits for your ok. If "
    "they say stop later, that counts again."
)
OK = "Answer with ok to let them be written to, with skip to leave them alone."


@dataclass(frozen=True, slots=True)
class Barred:
    """Who is on the list, as the owner is told; `contact` None for somebody who is no contact."""

    label: str
    contact: Contact | None
    reasons: tuple[str, ...]
    digests: tuple[bytes, ...]


def barred(s: Session, house: House, who: str) -> Barred:
    """Whom the owner means, and what keeps them from being written to, a sentence each.

    Raises NotFound when it is nothing, and Ambiguous.
    """
    address = Address.maybe(who.strip().strip("<>"))
    try:
        contact = one(s, house, who)
    except NotFound:
        if address is None:
            said = f"I know nobody called “{who}”. Somebody forgotten is named by the address."
            raise NotFound(said) from None
        contact = None
    label = contact.label if contact else str(address)
    addresses = contact.addresses if contact else (address,) if address else ()
    found = facts.listed(s, house.owner_id, addresses)
    holding = {each: why for each, why in found.items() if _holds(each, why, contact, address)}
    if not holding:
        raise NotFound(f"{label} is not on the suppression list; nothing was changed.")
    return Barred(
        label, contact, _reasons(s, house, holding), tuple(why.digest for why in holding.values())
    )


def ask_allow(s: Session, house: House, who: str, now: datetime) -> str:
    """Queue the question whose answer carries the token; what to say about it meanwhile."""
    found = barred(s, house, who)
    marks = " ".join(digest.hex() for digest in found.digests)
    question.put(
        s, house, found.contact.id if found.contact else None,
        f"Write to {found.label} again?", (*found.reasons, NOTHING_LEAVES, OK), now,
        purpose=f"{ALLOW}{now.isoformat()} {marks}",
    )  # fmt: skip
    return ASKED


def is_about_allowing(row: TokenRow) -> bool:
    """Whether the token decides on the suppression list."""
    return row.purpose.startswith(ALLOW)


def judge_allow(
    s: Session, house: House, now: datetime, row: TokenRow, item: TokenItem, verdict: Verdict
) -> Line:
    """The owner's answer to the question, carried out once."""
    contact = facts.contact(s, house.owner_id, item.contact_id) if item.contact_id else None
    label = contact.label if contact else ALLOW.strip()
    if not isinstance(verdict, Approve | Reject):
        return Line(label, "I did nothing: this question takes ok or skip.", is_done=False)
    if not queue.use_token_item(s, house.owner_id, row.id, item.number, now):
        return Line(label, "You decided that already.", is_done=False)
    if isinstance(verdict, Reject):
        return Line(label, "Left alone, as before.")
    asked_at, *marks = row.purpose.removeprefix(ALLOW).split()
    digests = tuple(map(bytes.fromhex, marks))
    until = datetime.fromisoformat(asked_at)
    said = allow(s, house, digests, until, contact, now)
    return Line(label, said)


def allow(
    s: Session,
    house: House,
    digests: tuple[bytes, ...],
    until: datetime,
    contact: Contact | None,
    now: datetime,
) -> str:
    """Take them off the list as it stood at `until`; what was done, in a sentence.

    What was approved before they came onto it is asked about anew.
    """
    if not record.allow(s, house.owner_id, digests, until):
        return "They asked again in the meantime not to be written to, so I left that as it is."
    if contact is None:
        return (
            "They may be written to again. Send me their card, or “met NAME <ADDRESS>”, and I "
            "begin anew."
        )
    again = _ask_anew(s, house, contact, now)
    record.wake_contact(s, house.owner_id, contact.id, now)
    still = facts.contact_facts(s, house.owner_id, contact.id).suppressed
    if still is not None:
        return f"That is off, and {contact.label} is still left alone: {still.because}."
    return f"{contact.label} may be written to again; nothing was sent.{again}"


def _ask_anew(s: Session, house: House, contact: Contact, now: datetime) -> str:
    """An ok from before they were left alone is no ok any more; a sentence if there was one."""
    due_at = now + house.policy.approval_expires_after
    approved = [
        draft
        for draft in facts.drafts_of(s, house.owner_id, contact.id)
        if draft.state is DraftState.APPROVED
    ]
    for draft in approved:
        queue.move(s, house.owner_id, draft.id, DraftEvent.UNDO, now, due_at=due_at)
        queue.want_shown(s, house.owner_id, draft.id)
    return " What you had approved before waits for your ok again." if approved else ""


def _holds(address: Address, why: Listed, contact: Contact | None, named: Address | None) -> bool:
    """A bounce speaks of its address only: that which mail goes to, or the one that was named."""
    is_used = contact is None or address in {contact.address, named}
    return is_used or why.reason is not Suppression.BOUNCED


def _reasons(s: Session, house: House, holding: Mapping[Address, Listed]) -> tuple[str, ...]:
    said = [_reason(s, house, address, why) for address, why in holding.items()]
    kinds = {why.reason for why in holding.values()}
    if Suppression.OPTED_OUT in kinds:
        said.append(ONLY_THEN)
    if Suppression.FORGOTTEN in kinds:
        said.append(NOTHING_LEFT)
    return tuple(said)


def _reason(s: Session, house: House, address: Address, why: Listed) -> str:
    day = f"{why.since_at.astimezone(house.identity.zone):%-d %B %Y}"
    match why.reason:
        case Suppression.BOUNCED:
            return f"On {day} mail to {address} came back for good."
        case Suppression.FORGOTTEN:
            return f"On {day} you had {address} forgotten."
        case Suppression.OWNER:
            return f"On {day} you said that {address} is to be left alone."
        case Suppression.OPTED_OUT:
            texts = facts.last_texts(s, house.owner_id, address, why.since_at)
            words = next(filter(None, map(answer.opt_out_words, texts)), "")
            quoted = f": “{words}”" if words else "; their words are not kept any more."
            return f"On {day} {address} asked not to be written to{quoted}"

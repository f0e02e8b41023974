"""Introductions offered with the summary: found, kept under their numbers, begun at a word."""

from datetime import datetime

from mailflow.deciding import suggestions
from mailflow.model.address import Address
from mailflow.model.command import Approve, Instruction, Reject, Snooze, Verdict
from mailflow.model.contact import Contact
from mailflow.model.introducing import Introduce
from mailflow.model.letter import Line
from mailflow.model.suggestion import Decided, Offer, Suggestion
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.queue import TokenItem, TokenRow
from mailflow.tick.carry_out import carry_out
from mailflow.tick.house import House
from mailflow.tick.mail import Intake

GONE = "That suggestion is gone: one of the two is no longer kept."


def to_offer(s: Session, house: House, now: datetime) -> tuple[Offer, ...]:
    """The introductions worth offering at `now` (aware UTC), the best first; nothing is kept."""
    limit = house.policy.suggestions_per_week
    if limit == 0:
        return ()
    ranked = suggestions.rank(facts.candidates(s, house.owner_id), now)
    ids = {contact_id for each in ranked for contact_id in each.pair}
    against = facts.ties_between(s, house.owner_id, ids, now)
    chosen = suggestions.choose(ranked, against, limit)
    ids = {contact_id for each in chosen for contact_id in each.pair}
    people = {each.id: each for each in facts.contacts(s, house.owner_id, ids)}
    return tuple(Offer(people[each.first], people[each.second], each) for each in chosen)


def is_offered(row: TokenRow, item: TokenItem) -> bool:
    """Whether an item of a letter stands for a suggestion or a newcomer, the only ones without a
    draft and a contact."""
    return row.purpose == "summary" and item.draft_id is None and item.contact_id is None


def judge_offered(
    s: Session, house: House, now: datetime, row: TokenRow, item: TokenItem, verdict: Verdict
) -> Line:
    """The owner's word on a suggestion; `ok` begins it as if he had typed its line."""
    found = facts.suggestions_under(s, house.owner_id, row.id).get(item.number)
    if found is None:
        return Line(str(item.number), GONE, is_done=False)
    first, second = (facts.contact(s, house.owner_id, i) for i in (found.first, found.second))
    label = f"{item.number}. {first.label} and {second.label}"
    if item.used_at is not None:
        return Line(label, "You decided that already.", is_done=False)
    match verdict:
        case Approve():
            line = _begin(s, house, now, f"token {row.id} item {item.number}", label,
                          found, first, second)  # fmt: skip
        case Reject():
            line = Line(label, "Dropped; I will not offer the two again for a year.")
        case Snooze():
            line = Line(label, "Not now; I may offer the two again in a month.")
        case _:
            said = "I did nothing: a suggestion takes ok, skip or later."
            return Line(label, said, is_done=False)
    if line.is_done:
        queue.use_token_item(s, house.owner_id, row.id, item.number, now)
        decided = {Approve: Decided.BEGUN, Reject: Decided.DECLINED}.get(type(verdict))
        if decided is not None:
            record.decide_suggestion(s, house.owner_id, row.id, item.number, decided, now)
    return line


def _begin(
    s: Session, house: House, now: datetime, source: str, label: str,
    found: Suggestion, first: Contact, second: Contact,
) -> Line:  # fmt: skip
    """Carry out the line that would begin it; what it lacks is said with the line to complete."""
    if first.address is None or second.address is None:
        return Line(label, "One of them has no mail address any more.", is_done=False)
    typed = _typed(found, first.address, second.address)
    if not found.is_mutual:
        lost = first if not found.why_first else second
        said = f"I know no reason why {lost.label} would gain. Complete this line: {typed}"
        return Line(label, said, is_done=False)
    command = Introduce(str(first.address), str(second.address), found.why_first, found.why_second)
    line, _ = carry_out(s, house, Intake(now=now), Instruction(label, command), source)
    if line.is_done:
        return line
    return Line(label, f"{line.said} The line to begin with: {typed}", is_done=False)


def _typed(found: Suggestion, first: Address, second: Address) -> str:
    whys = (why or f"why {who} gains" for who, why in ((first, found.why_first),
                                                       (second, found.why_second)))  # fmt: skip
    return f"introduce {first} and {second}: {' / '.join(whys)}"

"""The owner's verdicts on numbered drafts, applied to exactly the version he was shown."""

from datetime import datetime
from typing import Unpack, assert_never

from mailflow.errors import NotFound
from mailflow.model.command import (
    Approve,
    Edit,
    Happened,
    Numbered,
    Reject,
    SendAgain,
    SendAsIs,
    Snooze,
    Unclear,
    Verdict,
)
from mailflow.model.draft import Draft, DraftEvent, DraftState
from mailflow.model.letter import Line
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.drafts import Changes
from mailflow.store.queue import TokenItem, TokenRow
from mailflow.tick.allow import is_about_allowing, judge_allow
from mailflow.tick.ending import end_draft
from mailflow.tick.house import House
from mailflow.tick.introduce_words import tells_too_early
from mailflow.tick.introductions import left
from mailflow.tick.newcomers import judge_newcomer
from mailflow.tick.persons import RECEIPT, judge_person
from mailflow.tick.suggested import is_offered, judge_offered
from mailflow.tick.write import lint_of

STALE = "The text changed since that mail; nothing was done. Answer the newest one."
NO_DRAFTS = (
    "That is for drafts, and none waits in that mail, so I did nothing. New faces and "
    "introductions are answered by number, such as “ok {}”."
)


def judge(
    s: Session,
    house: House,
    now: datetime,
    row: TokenRow,
    said: tuple[Numbered, ...] | Unclear,
) -> list[Line]:
    """Apply verdicts to the items a token stands for; one line for each, done or not."""
    if isinstance(said, Unclear):
        return [Line(said.line, said.reason, is_done=False)]
    if row.expires_at <= now:
        text = "That question is over seven days old; see mailflow drafts for what still waits."
        return [Line("", text, is_done=False)]
    items = {item.number: item for item in row.items}
    lines: list[Line] = []
    for numbered in said:
        numbers = numbered.numbers or _all(row)
        if not numbers:
            lines.append(Line("all", NO_DRAFTS.format(row.items[0].number), is_done=False))
        for number in numbers:
            item = items.get(number)
            if item is None:
                lines.append(Line(str(number), "There is no such number.", is_done=False))
            else:
                lines.append(_judge_item(s, house, now, row, item, numbered.verdict))
    return lines


def _all(row: TokenRow) -> tuple[int, ...]:
    """What "all" covers: the drafts that wait; of several introductions and newcomers each is
    named. The only item of a letter is meant without its number, whatever it is."""
    waiting = tuple(
        item.number
        for item in row.items
        if not is_offered(row, item) and (item.draft_id is not None or row.purpose != RECEIPT)
    )
    is_offer = len(row.items) > 1 and any(is_offered(row, item) for item in row.items)
    return waiting if waiting or is_offer else tuple(item.number for item in row.items)


def _judge_item(
    s: Session, house: House, now: datetime, row: TokenRow, item: TokenItem, verdict: Verdict
) -> Line:
    if is_about_allowing(row):
        return judge_allow(s, house, now, row, item, verdict)
    if item.contact_id is not None:
        return judge_person(s, house, now, row, item, verdict)
    if is_offered(row, item):
        named = facts.newcomers_under(s, house.owner_id, row.id).get(item.number)
        if named is not None:
            return judge_newcomer(s, house, now, row, item, named, verdict)
        return judge_offered(s, house, now, row, item, verdict)
    try:
        draft = facts.draft(s, house.owner_id, item.draft_id or 0)
    except NotFound:
        return Line(str(item.number), "That draft is gone.", is_done=False)
    label = f"{item.number}. {draft.to_name or draft.to}"
    if item.used_at is not None and not _takes_back(draft, verdict):
        return Line(label, f"You decided that already: it is {_say(draft.state)}.", is_done=False)
    if draft.version != item.version:
        return Line(label, STALE, is_done=False)
    said = apply_verdict(s, house, now, draft, verdict)
    if said is None and draft.state is DraftState.UNCERTAIN:
        said = "Nobody can tell whether it went; say “sent” or “send again”."
        return Line(label, said, is_done=False)
    if said is None:
        return Line(label, f"Too late: it is {_say(draft.state)}.", is_done=False)
    queue.use_token_item(s, house.owner_id, row.id, item.number, now)
    return Line(label, said)


def _takes_back(draft: Draft, verdict: Verdict) -> bool:
    """A second thought before the mail has left: to send less needs no new question."""
    return draft.state is DraftState.APPROVED and isinstance(verdict, Reject | Snooze | Edit)


def apply_verdict(
    s: Session, house: House, now: datetime, draft: Draft, verdict: Verdict
) -> str | None:
    """What became of the draft, in a sentence; None when its state no longer allows it."""
    match verdict:
        case Approve():
            done, said = (
                _move(s, house, now, draft, DraftEvent.APPROVE, approved_at=now),
                f"Approved: “{draft.subject}” {_leaves(s, house, now, draft)}.",
            )
            _confirm(s, house, done)
        case Reject():
            done = end_draft(s, house, draft.id, DraftEvent.REJECT, now, "you said no")
            said = "Dropped; it will not be sent."
        case Snooze(until_at=until_at):
            done = _move(s, house, now, draft, DraftEvent.SNOOZE, due_at=until_at)
            local = until_at.astimezone(house.identity.zone)
            said = f"I will ask again on {local:%A %-d %B, %H:%M}."
        case Edit(text=text):
            done = _edit(s, house, now, draft, text)
            said = "Changed; the new text comes to you once more before it is sent."
        case SendAsIs(text=text) if piece := tells_too_early(s, house, draft, text):
            done = _edit(s, house, now, draft, text)
            said = f"Not sent yet: it says “{piece}” before both have agreed. Please look again."
        case SendAsIs(text=text):
            done = _send_as_is(s, house, now, draft, text)
            _confirm(s, house, done)
            said = f"Your text stays as it is, and {_leaves(s, house, now, draft)}."
        case Happened():
            done = _move(s, house, now, draft, DraftEvent.SENT_BY_OWNER, sent_at=now)
            if done is not None:
                left(s, house, done, now)
            said = "Good: I count it as sent."
        case SendAgain():
            done = _move(s, house, now, draft, DraftEvent.SEND_AGAIN, approved_at=now)
            said = "I will send it again."
        case _:
            assert_never(verdict)
    return said if done else None


def _leaves(s: Session, house: House, now: datetime, draft: Draft) -> str:
    """What becomes of what is approved, as the end of a sentence."""
    people = [each for each in (draft.contact_id, draft.second_contact_id) if each is not None]
    if facts.erasure_asked(s, house.owner_id, people, now):
        return "waits until you have answered whether to erase them"
    return "leaves in the next sending window"


def _confirm(s: Session, house: House, approved: Draft | None) -> None:
    """Whoever says ok to a mail has seen where it goes: the letter shows every address in doubt."""
    for address in approved.recipients if approved is not None else ():
        record.confirm_address(s, house.owner_id, address)


def _move(
    s: Session,
    house: House,
    now: datetime,
    draft: Draft,
    event: DraftEvent,
    **changes: Unpack[Changes],
) -> Draft | None:
    return queue.move(s, house.owner_id, draft.id, event, now, version=draft.version, **changes)


def _edit(s: Session, house: House, now: datetime, draft: Draft, text: str) -> Draft | None:
    lint = lint_of(s, house, draft, text)
    return queue.edit(
        s, house.owner_id, draft.id, None, text.strip() + "\n", lint, now, version=draft.version
    )


def _send_as_is(s: Session, house: House, now: datetime, draft: Draft, text: str) -> Draft | None:
    """The owner's words are the approval: the new version needs no other look."""
    changed = _edit(s, house, now, draft, text) if text.strip() else draft
    if changed is None:
        return None
    return _move(s, house, now, changed, DraftEvent.APPROVE, approved_at=now)


def _say(state: DraftState) -> str:
    return state.value.replace("_", " ")

"""Letters to the owner with everything and with nothing in them, to try the templates on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from mailflow.drafting import letters
from mailflow.model.address import Address
from mailflow.model.card import Phone
from mailflow.model.contact import Contact
from mailflow.model.draft import Draft, DraftState, Purpose
from mailflow.model.letter import Line, Mark, ReceiptItem, Unseen
from mailflow.model.policy import Identity

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

OWNER = Identity(
    name="Ada Byron",
    addresses=(Address.parse("ada@example.org"),),
    service=Address.parse("ada+mailflow@example.org"),
    zone=ZoneInfo("UTC"),
)

SPARSE = Contact(
    id=2, name="", created_at=AT, addresses=(Address.parse("raj@example.com"),), form="forward"
)

FULL = Contact(
    id=1,
    name="Jane Roe",
    created_at=AT,
    given="Jane",
    title="CTO",
    org="Acme",
    addresses=(Address.parse("jane@example.com"), Address.parse("jroe@example.net")),
    phones=(Phone("+15550100", "+1 555 0100"),),
    event="PyCon",
    tags=("founders", "payroll"),
    met_on=date(2026, 3, 1),
    notes="knows everybody",
    wants="introductions to investors",
    offers="pilot projects",
    promised="our benchmark",
    through="Raj Rao",
    form="vcard",
)

DRAFT = Draft(
    id=1,
    contact_id=1,
    purpose=Purpose.FOLLOW_UP,
    state=DraftState.DRAFTED,
    version=1,
    to=Address.parse("jane@example.com"),
    to_name="Jane Roe",
    subject="Good to meet you at PyCon",
    body="Hi Jane,\n\nIt was good to meet you.\n\nAda\n",
    created_at=AT,
    due_at=AT,
    lint=("It has 130 words; up to 125 are read more gladly.",),
    failure="the line was lost",
    sending_at=AT,
)

DONE = Line("call Jane: the budget", "Noted: a call with Jane Roe.")
FAILED = Line("tier Bob inner", "I know two of that name.\nBob Ash\nBob Birch", is_done=False)
BARE = Line("", "I found no card in this mail.", is_done=False)

WITH_DRAFT = ReceiptItem(
    FULL,
    number=1,
    draft=DRAFT,
    doubts=("The address was hard to read.",),
    problems=("One page was left out.",),
    place=1,
    marks=(Mark("title", "CTO", "It could be “CIO”."),),
)
SECOND = ReceiptItem(
    SPARSE,
    number=2,
    draft=DRAFT,
    place=2,
    unseen=(Unseen("raj@example.com", "Nothing else confirms it.", "address-2@mailflow"),),
)
WAITING = ReceiptItem(SPARSE, waiting="I know no name to greet them by; tell me one.", place=2)


def samples() -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Values for each kind that goes to the owner, except the summary."""
    people: Sequence[Sequence[ReceiptItem]] = (
        [],
        [WITH_DRAFT],
        [WAITING],
        [WITH_DRAFT, SECOND],
        [WITH_DRAFT, WAITING],
    )
    said: Sequence[Sequence[Line]] = ([], [DONE], [FAILED], [DONE, FAILED, BARE])
    return {
        "receipt": [
            letters.receipt(p, OWNER, lines=lines) for p in people for lines in said if p or lines
        ],
        "approval_request": [
            letters.approval_request(p, OWNER, reason=reason)
            for p in ([WITH_DRAFT], [WITH_DRAFT, SECOND])
            for reason in ("", "It is 60 days since you were in touch.")
        ],
        "transcript": [letters.transcript(lines, OWNER) for lines in said],
        "notice": [
            letters.notice("No more answers today", paragraphs, OWNER)
            for paragraphs in (["One."], ["One.", "Two."])
        ],
        "question": [
            letters.question(draft, contact, OWNER)
            for draft in (DRAFT, replace(DRAFT, failure="", sending_at=None))
            for contact in (FULL, SPARSE)
        ],
        "help": [letters.help_values(OWNER)],
    }

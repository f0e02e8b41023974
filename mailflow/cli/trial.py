"""Every mail text tried with everything known and with nothing known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailflow.config import Config
from mailflow.config.templates import read_templates
from mailflow.drafting.check import check
from mailflow.drafting.render import Templates
from mailflow.measuring.summary import build
from mailflow.model.contact import Band, Contact, Warmth
from mailflow.model.draft import Draft, DraftState, Purpose
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.model.policy import Identity, Policy
from mailflow.model.summary import (
    DraftLine,
    DueLine,
    FollowUpLine,
    OutcomeLine,
    PromiseLine,
    ReplyLine,
    SummaryFacts,
    TroubleKind,
    TroubleLine,
    TurnLine,
    WarmthLine,
    WatchLine,
)

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
EMPTY = SummaryFacts(period="2026-W10", since=AT - 7 * DAY)


def complaints(config: Config) -> Iterator[str]:
    """What is wrong with the templates as this configuration has them, a sentence each."""
    templates = Templates(read_templates(config.templates_dir))
    yield from check(templates, {"summary": summaries(config.identity, config.policy)})


def summaries(identity: Identity, policy: Policy) -> Sequence[Mapping[str, object]]:
    """The values of the first, an empty, and a very full summary."""
    told = (replace(EMPTY, is_first=True), EMPTY, _full(identity))
    return [build(facts, identity, policy, AT).values for facts in told]


def _full(identity: Identity) -> SummaryFacts:
    warmth = Warmth(62, Band.WARM, "you write to each other every other week")
    jane = Contact(
        id=1, name="Jane Roe", created_at=AT - 9 * DAY, given="Jane", org="Acme", warmth=warmth,
        addresses=(identity.address,), is_focus=True,
    )  # fmt: skip
    draft = Draft(
        id=1, contact_id=1, purpose=Purpose.FOLLOW_UP, state=DraftState.AWAITING_APPROVAL,
        version=1, to=identity.address, to_name="Jane Roe", subject="Good to meet you",
        body="Hi Jane,\n\nit was good to meet you.\n", created_at=AT - DAY, due_at=AT + DAY,
        reason="you met yesterday",
    )  # fmt: skip
    states = (DraftState.AWAITING_APPROVAL, DraftState.APPROVED, DraftState.UNCERTAIN)
    drafts = (replace(draft, id=n, state=state) for n, state in enumerate(states, 1))
    reply = Interaction(1, Direction.IN, Deed.REPLY, AT - DAY, "reply", answers_at=AT - 2 * DAY)
    return replace(
        EMPTY,
        people=12,
        added=2,
        bands=((Band.WARM, 5), (Band.DORMANT, 7)),
        drafts=tuple(DraftLine(each, jane) for each in drafts),
        due=(DueLine(jane, AT + DAY, "two months without a word"),),
        replies=(ReplyLine(jane, reply, "Good to meet you"),),
        warmth=(WarmthLine(jane, before=40, weekly=(0,) * 10 + (1, 3)),),
        turns=(TurnLine(jane, last_in_at=AT - 3 * DAY, favours_got=1, last_favour="an intro"),),
        promises=(PromiseLine(1, jane, "our benchmark", AT - 5 * DAY, (AT + DAY).date()),),
        outcomes=(OutcomeLine(jane, "a referral to Raj", AT - DAY, 5000),),
        follow_ups=(FollowUpLine(AT - 3 * DAY, AT - 2 * DAY), FollowUpLine(AT - 2 * DAY)),
        sent=3,
        new_people=2,
        trouble=(TroubleLine(TroubleKind.BOUNCE, "raj@example.com does not exist.", AT - DAY),),
        quarantined=1,
        held=1,
        watched=(WatchLine("main", "INBOX", AT - 3 * DAY),),
    )

"""What an introduction never does, whatever happens in whatever order, walked at random."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mailflow.deciding.introductions import react
from mailflow.deciding.introductions_rulings import against
from mailflow.drafting.compose import compose_draft
from mailflow.drafting.introductions import Pair, both_values, side_values
from mailflow.drafting.render import Templates
from mailflow.model.answer import Answer, Say
from mailflow.model.contact import Contact, Suppression
from mailflow.model.draft import DraftState, Purpose
from mailflow.model.introduction import CONSENT_LASTS, Introduction, Naming, has_two_consents
from mailflow.model.introduction_events import (
    Answered,
    AskOwner,
    Away,
    Barred,
    Begun,
    CameBack,
    Cancelled,
    Dropped,
    Due,
    Event,
    Left,
    Ruled,
    Seen,
    Suppress,
    TellOwner,
    WithdrawIntroductionDrafts,
    WriteIntroductionDraft,
)
from mailflow.model.introduction_states import (
    AFTERWARDS,
    CONSENTING,
    ENDED,
    IntroductionState,
    SideState,
)
from mailflow.model.ruling import AskAgain, CameOfIt, Counted, CountsAs, InTouch
from tests.builders import NOW, a_draft
from tests.introduction_builders import (
    ADA,
    JANE,
    PEOPLE,
    POLICY,
    RAJ,
    an_introduce,
    an_introduction,
)

TEMPLATES = Templates({
    path.name.removesuffix(".j2"): path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[3] / "templates").glob("*.j2")
})  # fmt: skip

BOTH = st.sampled_from([JANE, RAJ])
REACH = {
    JANE.id: ("jane@acme.io", "030 12345678", "+493012345678"),
    RAJ.id: ("raj@initech.example", "+1 415 555 0123", "+14155550123"),
}
NAMED = {JANE.id: ("Jane", "Roe", "Acme"), RAJ.id: ("Raj", "Rao", "Initech")}
RARELY = st.sampled_from([False] * 7 + [True])
SPANS = st.sampled_from([0.01, 0.5, 1, 2, 3, 5, 7, 8, 16, 31, 95])


@dataclass
class Waiting:
    """A draft in the hands of the owner or of the outbox."""

    purpose: Purpose
    to: int
    subject: str
    body: str
    is_approved: bool = False
    is_claimed: bool = False


class Introductions(RuleBasedStateMachine):
    """The core with everything around it played by chance: the owner, the two, the post, time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.introduction: Introduction | None = None
        self.drafts: list[Waiting] = []
        self.out: list[Waiting] = []
        self.agreed: dict[int, datetime] = {}
        self.stopped: set[int] = set()
        self.mails = 0
        self.was_introduced = False

    @initialize(
        asked=st.sampled_from(["", "first", "second", "both"]),
        naming=st.tuples(st.sampled_from(Naming), st.sampled_from(Naming)),
    )
    def begin(self, asked: str, naming: tuple[Naming, Naming]) -> None:
        command = an_introduce(
            first_asked=asked in ("first", "both"), second_asked=asked in ("second", "both"),
            naming_first=naming[0], naming_second=naming[1],
        )  # fmt: skip
        self.introduction = replace(an_introduction(command), id=5)
        for side in self.introduction.sides:
            if side.has_requested:
                self.agreed[side.contact_id] = self.now
        self.happens(Begun())

    def happens(self, event: Event) -> None:
        """React, and do what the actions ask for as the program around it would."""
        assert self.introduction is not None
        done = react(self.introduction, event, PEOPLE, ADA, POLICY, self.now)
        self.introduction = done.introduction
        for action in done.actions:
            match action:
                case WriteIntroductionDraft():
                    self.write(action)
                case WithdrawIntroductionDrafts(purposes=purposes, contact_id=to):
                    self.drafts = [
                        d for d in self.drafts
                        if d.is_claimed or d.purpose not in purposes or to not in (None, d.to)
                    ]  # fmt: skip
                case Suppress(contact_id=contact_id):
                    self.bar(contact_id)
                case AskOwner() | TellOwner():
                    assert action.text

    def write(self, action: WriteIntroductionDraft) -> None:
        if any(d.purpose is action.purpose and d.to == action.contact_id for d in self.drafts):
            return  # one live draft for each person and purpose
        pair = self.pair()
        if action.purpose is Purpose.INTRODUCTION:
            values = both_values(pair, ADA)
        else:
            values = side_values(
                pair, action.contact_id, ADA, situation=action.situation, now=self.now,
                text=action.text,
            )  # fmt: skip
        mail = TEMPLATES.render(action.situation, values, variant=action.contact_id)
        self.drafts.append(Waiting(action.purpose, action.contact_id, mail.subject, mail.body))

    def pair(self) -> Pair:
        assert self.introduction is not None
        first, second = (PEOPLE[side.contact_id] for side in self.introduction.sides)
        return Pair(self.introduction, first, second)

    def bar(self, contact_id: int) -> None:
        self.stopped.add(contact_id)
        self.drafts = [
            d for d in self.drafts
            if d.is_claimed or (d.to != contact_id and d.purpose is not Purpose.INTRODUCTION)
        ]  # fmt: skip

    @precondition(lambda self: any(not d.is_approved for d in self.drafts))
    @rule(choice=st.integers(0, 5))
    def owner_approves(self, choice: int) -> None:
        shown = [d for d in self.drafts if not d.is_approved]
        shown[choice % len(shown)].is_approved = True

    @precondition(lambda self: any(not d.is_claimed for d in self.drafts))
    @rule(choice=st.integers(0, 5), is_expired=st.booleans(), is_so=RARELY)
    def owner_drops(self, choice: int, is_expired: bool, is_so: bool) -> None:
        if not is_so:
            return
        shown = [d for d in self.drafts if not d.is_claimed]
        dropped = shown[choice % len(shown)]
        self.drafts.remove(dropped)
        self.happens(Dropped(dropped.purpose, dropped.to, is_expired))

    @precondition(lambda self: any(d.is_approved and not d.is_claimed for d in self.drafts))
    @rule(choice=st.integers(0, 5))
    def outbox_claims(self, choice: int) -> None:
        """The last check, in the transaction of the claim, and the laws at that very moment."""
        assert self.introduction is not None
        able = [d for d in self.drafts if d.is_approved and not d.is_claimed]
        draft = able[choice % len(able)]
        if draft.purpose is Purpose.INTRODUCTION:
            if not has_two_consents(self.introduction, self.now) or self.stopped:
                self.drafts.remove(draft)
                return
            for contact_id in PEOPLE:
                agreed = self.agreed.get(contact_id)
                assert agreed is not None, "introduced without a consent"
                assert self.now - agreed <= CONSENT_LASTS, "introduced on an old consent"
            self.was_introduced = True
        elif draft.to in self.stopped:
            self.drafts.remove(draft)
            return
        draft.is_claimed = True
        self.check_privacy(draft)

    @precondition(lambda self: bool(self.drafts))
    @rule()
    def everything_approved_goes_out(self) -> None:
        """The usual day, so that walks get far."""
        for _ in range(len(self.drafts)):
            for draft in self.drafts:
                draft.is_approved = True
            if any(not d.is_claimed for d in self.drafts):
                self.outbox_claims(0)
        while any(d.is_claimed for d in self.drafts):
            self.outbox_settles(is_refused=False)

    @precondition(lambda self: any(d.is_claimed for d in self.drafts))
    @rule(is_refused=RARELY)
    def outbox_settles(self, is_refused: bool) -> None:
        draft = next(d for d in self.drafts if d.is_claimed)
        self.drafts.remove(draft)
        if is_refused:
            self.was_introduced = self.was_introduced and draft.purpose is not Purpose.INTRODUCTION
            self.happens(CameBack(draft.to))
            return
        self.out.append(draft)
        self.mails += 1
        self.happens(
            Left(draft.purpose, draft.to, self.now, f"<{self.mails}@example.org>", draft.subject)
        )

    @rule(
        who=BOTH,
        say=st.sampled_from(Say),
        is_from_asked=st.sampled_from([True, True, False]),
        in_copy=st.sampled_from([(), (), ("bob@x.example",)]),
    )
    def somebody_answers(
        self, who: Contact, say: Say, is_from_asked: bool, in_copy: tuple[str, ...]
    ) -> None:
        assert self.introduction is not None
        is_plain_yes = say is Say.YES and is_from_asked and not in_copy
        before = self.introduction.side(who.id).state
        if say is not Say.YES or not is_plain_yes:
            self.agreed.pop(who.id, None)
        elif before in (SideState.ASKED, SideState.LATER, SideState.CONDITIONAL,
                        SideState.AMBIGUOUS, *CONSENTING):  # fmt: skip
            self.agreed[who.id] = self.now
        self.mails += 1
        self.happens(
            Answered(
                who.id, Answer(say, f"They say {say}."), self.now, f"<{self.mails}@their.example>",
                str(who.address), is_from_asked, in_copy,
            )
        )  # fmt: skip

    @rule(
        say=st.sampled_from([*Say, *[Say.YES] * 4]), is_plain=st.sampled_from([True, True, False])
    )
    def whoever_is_asked_answers(self, say: Say, is_plain: bool) -> None:
        assert self.introduction is not None
        for side in self.introduction.sides:
            if side.state is SideState.ASKED:
                self.somebody_answers(PEOPLE[side.contact_id], say, is_plain, ())

    @rule(days=st.sampled_from([1, 31]))
    def the_machine_sleeps(self, days: float) -> None:
        """What was due meanwhile is late, and a claim may come before it."""
        self.now += timedelta(days=days)

    @rule(who=BOTH, counted=st.sampled_from(Counted))
    def owner_counts(self, who: Contact, counted: Counted) -> None:
        assert self.introduction is not None
        side = self.introduction.side(who.id)
        suppressed = Suppression.OPTED_OUT if who.id in self.stopped else None
        if against(CountsAs(counted), who.label, suppressed):
            return
        if counted is Counted.YES and side.state not in (SideState.NOT_ASKED, SideState.STANDING):
            if side.answered_at is None:  # said elsewhere, as to an ask after a wish grew old
                self.agreed[who.id] = self.now
            self.agreed.setdefault(who.id, side.answered_at or self.now)
        self.happens(Ruled(CountsAs(counted), who.id))
        if self.introduction.side(who.id).state not in CONSENTING:
            self.agreed.pop(who.id, None)

    @rule(who=BOTH, is_so=st.booleans(), which=st.integers(0, 3))
    def owner_says(self, who: Contact, is_so: bool, which: int) -> None:
        rulings = (AskAgain(), AskAgain("It is about payroll."), InTouch(is_so), CameOfIt("x"))
        suppressed = Suppression.OPTED_OUT if who.id in self.stopped else None
        if not against(rulings[which], who.label, suppressed):
            self.happens(Ruled(rulings[which], who.id))

    @rule(who=BOTH, which=st.integers(0, 11), because=st.sampled_from(Suppression))
    def something_rare(self, who: Contact, which: int, because: Suppression) -> None:
        match which:
            case 0:
                self.happens(CameBack(who.id))
            case 1:
                self.bar(who.id)
                self.agreed.pop(who.id, None)
                self.happens(Barred(who.id, because))
            case 2:
                self.happens(Cancelled())
            case 3 | 4 | 5:
                self.happens(Away(who.id, self.now + timedelta(days=3 * which)))
            case _:
                self.happens(Seen(who.id))

    @rule(days=SPANS)
    def time_passes(self, days: float) -> None:
        assert self.introduction is not None
        end = self.now + timedelta(days=days)
        for _ in range(60):
            due = self.introduction.due_at
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            self.happens(Due())
        else:
            raise AssertionError("due for ever")
        self.now = end

    def check_privacy(self, draft: Waiting) -> None:
        """Headers and body of a mail to one side hold no more of the other than is allowed."""
        assert self.introduction is not None
        if draft.purpose is Purpose.INTRODUCTION:
            return
        to, other = PEOPLE[draft.to], self.introduction.other(draft.to)
        written = a_draft(
            purpose=draft.purpose, state=DraftState.SENDING, to=str(to.address), to_name=to.name,
            subject=draft.subject, body=draft.body,
        )  # fmt: skip
        data = compose_draft(written, ADA, message_id="<1@example.org>", date=self.now)
        mail = data.decode().replace("=\r\n", "").casefold()
        for piece in REACH[other.contact_id]:
            assert piece.casefold() not in mail
        if other.naming is Naming.DESCRIPTOR or draft.purpose is Purpose.INTRO_CLOSING:
            for piece in NAMED[other.contact_id]:
                assert piece.casefold() not in mail

    @invariant()
    def each_side_is_nudged_at_most_once(self) -> None:
        nudged = [d.to for d in self.out if d.purpose is Purpose.INTRO_NUDGE]
        assert len(nudged) == len(set(nudged))

    @invariant()
    def closing_lines_are_the_same_whatever_happened(self) -> None:
        for draft in (*self.drafts, *self.out):
            if draft.purpose is Purpose.INTRO_CLOSING:
                given = PEOPLE[draft.to].given
                assert draft.body.replace(given, "…") == CLOSING
                assert draft.subject == "The introduction I had in mind"

    @invariant()
    def whoever_is_introduced_had_both_consents(self) -> None:
        if self.introduction is None or self.introduction.introduced_at is None:
            return
        assert self.was_introduced

    @invariant()
    def what_has_not_ended_is_due_some_day(self) -> None:
        if self.introduction is None:
            return
        state = self.introduction.state
        assert (self.introduction.due_at is None) == (state in ENDED)

    @invariant()
    def nothing_waits_for_the_stopped(self) -> None:
        for draft in self.drafts:
            if draft.to in self.stopped and not draft.is_claimed:
                assert self.introduction is not None
                # the claim refuses it; only closings may have been written after the stop
                assert draft.purpose is Purpose.INTRO_CLOSING or self.introduction.state in {
                    *AFTERWARDS, IntroductionState.DRAFT,
                }  # fmt: skip


CLOSING = TEMPLATES.render(
    "intro_closing",
    side_values(
        Pair(an_introduction(), RAJ, JANE), JANE.id, ADA, situation="intro_closing", now=NOW
    ),
).body.replace("Jane", "…")

TestIntroductions = Introductions.TestCase
TestIntroductions.settings = settings(
    max_examples=100, stateful_step_count=30, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip

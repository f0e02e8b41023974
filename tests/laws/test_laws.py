"""A random walk over the whole core: whatever happens in whatever order, the laws hold."""

import random
from datetime import timedelta
from email.message import EmailMessage

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mailflow.model.draft import DraftState
from mailflow.model.interaction import Direction
from mailflow.store import facts, record
from mailflow.store.database import ensure_owner
from tests.laws.play import OWNER, Play, shown_drafts, text_of, words_of

PEOPLE = ("jane@acme.io", "raj@payroll.example", "li@lab.example", "zoe@studio.example")
STRANGER = "mallory@evil.example"
UNSETTLED = frozenset({DraftState.APPROVED, DraftState.SENDING})


class Walk(RuleBasedStateMachine):
    """The owner, four people, a stranger, an unreliable server and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.approved: set[tuple[str, str]] = set()
        """(address, words) the owner said ok to, word for word, in answer to a letter."""
        self.by_hand: list[tuple[str, str]] = []
        self.allowed_again = 0
        self.silenced: dict[str, int] = {}
        """Who may not be written to any more, and how many mails they had by then."""
        self.robots = 0
        with self.play.house.store.begin() as s:
            self.other = ensure_owner(s, "eve@elsewhere.example", self.play.now)
        self.others_rows = self._rows_of_the_other()

    def teardown(self) -> None:
        try:
            self._let_everything_settle()
        finally:
            self.play.close()

    # 1. what people do

    @rule(who=st.sampled_from(PEOPLE))
    def meets(self, who: str) -> None:
        name = who.partition("@")[0].title()
        self.play.tell(f"met {name} Roe <{who}>, CTO at Acme @PyCon: wants intros to investors")

    @rule(which=st.integers(0, 30), how=st.sampled_from(
        ["ok", "ok all", "skip", "later 2d", "send as is", "ok 1", "skip 2"]
    ))  # fmt: skip
    def answers(self, which: int, how: str) -> None:
        letter = self._letter(which)
        if letter is None:
            return
        self._note_approval(letter, how)
        self.play.answer(letter, how)

    @rule(which=st.integers(0, 30), word=st.sampled_from(["walrus", "kettle", "violin"]))
    def rewrites(self, which: int, word: str) -> None:
        letter = self._letter(which)
        if letter is not None:
            self.play.answer(
                letter, f"new text:\nHi,\n\nthis is about the {word}, as promised.\n\nAda"
            )

    @rule(which=st.integers(0, 30), word=st.sampled_from(["walrus", "kettle", "violin"]))
    def rewrites_and_sends(self, which: int, word: str) -> None:
        letter = self._letter(which)
        if letter is None:
            return
        text = f"Hi,\n\nthis is about the {word}, as promised.\n\nAda"
        for to, _ in shown_drafts(letter).values():
            self.approved.add((to, words_of(text)))
        self.play.answer(letter, f"send as is\n{text}")

    @rule(which=st.integers(0, 30), how=st.sampled_from(["sent", "send again"]))
    def says_what_became_of_it(self, which: int, how: str) -> None:
        letter = self._letter(which)
        if letter is not None:
            self.allowed_again += how == "send again"
            self.play.answer(letter, how)

    @rule(who=st.sampled_from(PEOPLE), text=st.sampled_from(
        ["Yes, gladly!", "Let us talk next week.", "Thanks, how is Tuesday?"]
    ))  # fmt: skip
    def contact_writes(self, who: str, text: str) -> None:
        headers = {}
        if mine := [m for to, m in self.play.carried if to == who]:
            headers = {"In-Reply-To": str(mine[-1]["Message-ID"])}
        self.play.account.deliver(
            self.play.mail(who, OWNER, text, subject="Re: hello", headers=headers), self.play.now
        )

    @rule(who=st.sampled_from(PEOPLE))
    def robot_answers(self, who: str) -> None:
        headers = {"Auto-Submitted": "auto-replied"}
        text = "Yes! ok. I am out of the office until next Monday."
        data = self.play.mail(who, OWNER, text, subject="Automatic reply", headers=headers)
        self.play.account.deliver(data, self.play.now)
        self.robots += 1

    @rule(who=st.sampled_from(PEOPLE))
    def contact_opts_out(self, who: str) -> None:
        with self.play.house.store.begin() as s:
            contact = facts.find_contacts(s, self.play.house.owner_id, who)
        data = self.play.mail(who, OWNER, "Please remove me from your list.", subject="stop")
        self.play.account.deliver(data, self.play.now)
        if contact and self.play.tick():
            self.silenced.setdefault(who, self._received(who))

    @precondition(lambda self: self.play.carried)
    @rule(which=st.integers(0, 30))
    def a_mail_bounces(self, which: int) -> None:
        to, message = self.play.carried[which % len(self.play.carried)]
        self.play.account.deliver(bounce(to, message), self.play.now)
        if self.play.tick():
            self.silenced.setdefault(to, self._received(to))

    @rule(which=st.integers(0, 30))
    def stranger_tries_the_token(self, which: int) -> None:
        letter = self._letter(which)
        if letter is not None:
            self.play.answer(letter, "ok all", sender=STRANGER)

    @rule(text=st.sampled_from(["ok", "ok all", "forget jane", "export jane"]))
    def somebody_pretends_without_a_token(self, text: str) -> None:
        self.play.tell(text)

    @precondition(lambda self: self.play.account.held("Drafts"))
    @rule(which=st.integers(0, 10))
    def owner_sends_from_drafts(self, which: int) -> None:
        uids = list(self.play.account.mailboxes["Drafts"].mails)
        kept = self.play.account.mailboxes["Drafts"].mails.pop(uids[which % len(uids)])
        self.play.account.deliver(kept.data, self.play.now, "Sent")

    @rule(which=st.integers(0, 60))
    def a_mail_comes_twice(self, which: int) -> None:
        held = self.play.account.held("INBOX")
        if held:
            self.play.account.deliver(held[which % len(held)], self.play.now)

    # 2. what the world does

    @rule(by=st.sampled_from([1, 3, 30, 60 * 8, 60 * 24, 60 * 24 * 3, 60 * 24 * 8]))
    def time_passes(self, by: int) -> None:
        self.play.pass_time(timedelta(minutes=by))

    @rule(by=st.sampled_from([1, 90, 60 * 26]))
    def the_clock_is_set_back(self, by: int) -> None:
        self.play.pass_time(-timedelta(minutes=by))

    @rule(fault=st.sampled_from([
        ("MAIL", "451 4.3.0 later", False), ("RCPT", "550 5.1.1 nobody", False),
        ("RCPT", "450 4.2.0 greylisted", False), ("DOT", "452 4.3.1 full", False),
        ("DOT", "", True), ("DOT", "", False), ("CONNECT", "", False),
    ]))  # fmt: skip
    def the_server_will_fail(self, fault: tuple[str, str, bool]) -> None:
        step, reply, is_taken = fault
        self.play.post.fail(step, reply, is_taken=is_taken).times = 1

    @rule()
    def the_mailbox_is_renumbered(self) -> None:
        self.play.account.renumber("INBOX")

    @rule()
    def pass_(self) -> None:
        self.play.tick()

    @rule(after=st.integers(0, 40))
    def pass_that_dies(self, after: int) -> None:
        self.play.dies_after = after
        self.play.tick()

    # 3. the laws

    @invariant()
    def nothing_is_sent_without_approval_of_exactly_that_text(self) -> None:
        for to, message in self.play.carried:
            assert (to, words_of(text_of(message))) in self.approved

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        ids = [(to, message["Message-ID"]) for to, message in self.play.carried]
        assert len(ids) - len(set(ids)) <= self.allowed_again

    @invariant()
    def nothing_goes_to_the_suppressed(self) -> None:
        for who, before in self.silenced.items():
            assert self._received(who) == before

    @invariant()
    def strangers_hear_nothing(self) -> None:
        assert all(to in PEOPLE for to, _ in self.play.carried)
        everybody = {r for taken in self.play.post.taken for r in taken.envelope.recipients}
        assert STRANGER not in everybody

    @invariant()
    def no_rows_of_another_owner_change(self) -> None:
        assert self._rows_of_the_other() == self.others_rows

    # 4. at the end of every walk

    def _let_everything_settle(self) -> None:
        self.play.post.heal()
        for _ in range(12):
            self.play.pass_time(timedelta(hours=26))
            assert self.play.tick()
        # What a pass wrote to its owner lies in INBOX and has to be seen by the next.
        for _ in range(5):
            assert self.play.tick()
        self._everything_was_recorded()
        self._nothing_approved_is_forgotten()
        self._robots_warmed_nobody()
        self._everything_can_be_explained()
        self._the_same_mail_again_changes_nothing()

    def _everything_was_recorded(self) -> None:
        with self.play.house.store.begin() as s:
            for mailbox in ("INBOX", "Sent"):
                cursor = record.cursor(s, self.play.house.owner_id, "ada", mailbox)
                assert cursor == self.play.account.cursor(mailbox)
            assert record.quarantined(s, self.play.house.owner_id) == ()

    def _nothing_approved_is_forgotten(self) -> None:
        with self.play.house.store.begin() as s:
            drafts = facts.drafts(s, self.play.house.owner_id)
        assert [draft for draft in drafts if draft.state in UNSETTLED] == []
        carried = {str(message["Message-ID"]) for _, message in self.play.carried}
        for draft in drafts:
            if draft.state is DraftState.SENT and draft.message_id not in carried:
                assert draft.filed_at or draft.sent_at, "sent by the owner's hand"
        known = {draft.message_id for draft in drafts}
        assert carried <= known

    def _robots_warmed_nobody(self) -> None:
        with self.play.house.store.begin() as s:
            for who in PEOPLE:
                for contact in facts.find_contacts(s, self.play.house.owner_id, who):
                    heard = facts.interactions(s, self.play.house.owner_id, contact.id)
                    incoming = [i for i in heard if i.direction is Direction.IN]
                    assert not [i for i in incoming if "Automatic reply" in i.text]

    def _everything_can_be_explained(self) -> None:
        with self.play.house.store.begin() as s:
            for who in PEOPLE:
                for contact in facts.find_contacts(s, self.play.house.owner_id, who):
                    decisions = facts.decisions(s, self.play.house.owner_id, contact.id)
                    assert decisions
                    assert all(decision.reason for decision in decisions)

    def _the_same_mail_again_changes_nothing(self) -> None:
        before = self._state(), len(self.play.post.taken)
        for data in self.play.account.held("INBOX"):
            self.play.account.deliver(data, self.play.now)
        assert self.play.tick()
        assert (self._state(), len(self.play.post.taken)) == before

    # 5. looking

    def _letter(self, which: int) -> EmailMessage | None:
        letters = [letter for letter in self.play.letters if letter["Reply-To"]]
        return letters[which % len(letters)] if letters else None

    def _note_approval(self, letter: EmailMessage, how: str) -> None:
        shown = shown_drafts(letter)
        if letter["Subject"].startswith("Your week"):
            # A summary names drafts by number; their words were in the letters before it.
            seen = [shown_drafts(each) for each in self.play.letters]
            shown = dict(enumerate(pair for drafts in seen for pair in drafts.values()))
        if how.startswith("ok") or how == "send as is":
            self.approved.update(shown.values())

    def _received(self, who: str) -> int:
        return sum(1 for to, _ in self.play.carried if to == who)

    def _state(self) -> object:
        house = self.play.house
        with house.store.begin() as s:
            people = [
                contact for who in PEOPLE for contact in facts.find_contacts(s, house.owner_id, who)
            ]
            return (
                facts.drafts(s, house.owner_id),
                [facts.interactions(s, house.owner_id, contact.id) for contact in people],
                [(contact.id, contact.addresses, contact.notes) for contact in people],
            )

    def _rows_of_the_other(self) -> object:
        with self.play.house.store.begin() as s:
            return facts.drafts(s, self.other), facts.find_contacts(s, self.other, "jane")


def bounce(to: str, message: EmailMessage) -> bytes:
    """A delivery status notification (RFC 3464) that returns the mail's headers."""
    boundary = f"b{random.Random(to).getrandbits(32)}"
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {OWNER}\r\nSubject: Undelivered Mail\r\n"
        f"Message-ID: <dsn-{abs(hash((to, str(message['Message-ID']))))}@mx.example>\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;"
        f' boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: text/plain\r\n\r\nNobody of that name.\r\n"
        f"--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"From: {message['From']}\r\nTo: {to}\r\nMessage-ID: {message['Message-ID']}\r\n"
        f"\r\n--{boundary}--\r\n"
    ).encode()


TestLaws = pytest.mark.timeout(600)(pytest.mark.slow(Walk.TestCase))
# A failing walk is reported as it was found: to shorten it takes longer than a build may.
TestLaws.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)

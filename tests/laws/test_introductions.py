"""A random walk over introductions: whatever people say and do in whatever order, nobody is
introduced against their will, and nobody learns what another said."""

from datetime import datetime, timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from mailflow.model.draft import Draft, DraftState, Purpose
from mailflow.model.introduction import CONSENT_LASTS
from mailflow.store import facts
from tests.laws.introducing import JANE, LINE, RAJ, Introducing
from tests.laws.play import OWNER, parsed, shown_drafts, text_of, words_of
from tests.laws.test_laws import bounce

SIDES = (JANE, RAJ)
NAMES = {JANE: ("jane", "roe", "acme"), RAJ: ("raj", "rao", "payroll")}
GREETING = {JANE: "hi jane,", RAJ: "hi raj,"}
YES = ("Yes, gladly!", "Yes please.", "Sure, happy to.")
NO = ("No, thank you.", "No.", "No thanks, not for me.")
UNCLEAR = (
    "Yes, if it is about salaries.", "Who is it?", "Yes and no.", "Maybe.", "Later, in spring.",
    "Not now, ask me again in three weeks.", "> Yes, gladly!", "Haha, sure, as if.",
)  # fmt: skip


class Matchmaking(RuleBasedStateMachine):
    """Ada, Jane and Raj, an unreliable server, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Introducing()
        self.shown_ok: set[str] = set()
        """The words of every draft Ada said ok to."""
        self.named: set[str] = set()
        """Whose name she allowed to be told."""
        self.yes_at: dict[str, datetime] = {}
        self.refused: dict[str, bool] = {}
        """Whose last plain word, as far as it was read, is a no that she did not overrule."""
        self.silenced: dict[str, int] = {}
        self.willing_then: list[bool] = []
        self.introduced = 0

    def teardown(self) -> None:
        self.play.close()

    # 0. how far it has come when the walk begins

    @initialize(how=st.sampled_from(["asked", "both asked", "agreed", "approved", "introduced"]))
    def has_begun(self, how: str) -> None:
        play = self.play
        {
            "asked": play.ask, "both asked": play.ask_both, "agreed": play.agree,
            "approved": play.agree, "introduced": play.introduce,
        }[how]()  # fmt: skip
        if how == "approved":
            play.approve()
        for letter in play.letters:  # on the way there she said ok to each
            self.shown_ok.update(words for _, words in shown_drafts(letter).values())
        for who, side in zip((RAJ, JANE), play.introduction.sides, strict=True):
            if side.consent_at is not None:
                self._said_yes(who)
        if how == "agreed":
            self.shown_ok -= {words for _, words in shown_drafts(play.letters[-1]).values()}

    # 1. what people do

    @rule(more=st.sampled_from(["", "\njane asked for this", "\nraj asked for this", "named"]))
    def begins(self, more: str) -> None:
        line = LINE + more
        if more == "named":
            line = LINE.replace("jane as “an engineer in aviation”", "jane by name")
        before = len(self.play.introductions())
        self.play.begin(line)
        if len(self.play.introductions()) > before:
            if more == "named":
                self.named.add(JANE)
            for who, name in ((JANE, "\njane"), (RAJ, "\nraj")):
                if more.startswith(name):
                    self.named.add(who)  # whoever asks to be introduced is told by name
                    self._said_yes(who)

    @rule(which=st.integers(0, 6), how=st.sampled_from(["ok", "ok", "ok", "skip", "later 2d"]))
    def ada_answers(self, which: int, how: str) -> None:
        letters = [letter for letter in self.play.letters if shown_drafts(letter)][1:]
        letter = letters[-1 - which % len(letters)]
        if how == "ok":
            self.shown_ok.update(words for _, words in shown_drafts(letter).values())
        self.play.answer(letter, how)
        self._pass()

    @rule(how=st.sampled_from(["counts as yes", "counts as no", "ask again: Is it a yes?"]))
    def ada_rules(self, how: str) -> None:
        questions = [
            letter for letter in self.play.letters if "What does this" in str(letter["Subject"])
            or "A late yes" in str(letter["Subject"]) or "A doubt" in str(letter["Subject"])
        ]  # fmt: skip
        if not questions:
            return
        self.play.answer(questions[-1], how)
        self._pass()
        if how == "counts as yes":
            for who in SIDES:  # she may mean either; what she says is hers to say
                self._said_yes(who)

    @precondition(lambda self: self.play.carried)
    @rule(who=st.sampled_from(SIDES), text=st.sampled_from(YES + NO + UNCLEAR),
          how=st.sampled_from(["plain", "plain", "plain", "other", "copy", "robot"]))  # fmt: skip
    def somebody_answers(self, who: str, text: str, how: str) -> None:
        if not self.play.mails_to(who):
            return
        asked = self._asked(who)
        sender = "else@where.example" if how == "other" else None
        to = f"{OWNER}, boss@office.example" if how == "copy" else OWNER
        headers = {"Auto-Submitted": "auto-replied"} if how == "robot" else None
        self.play.reply(who, text, sender=sender, to=to, headers=headers)
        self._pass()
        if not asked or how in {"other", "robot"}:
            return
        if text in YES and how == "plain":
            self._said_yes(who)
        elif text in NO:
            self.refused[who] = True

    @precondition(lambda self: self.play.carried)
    @rule(who=st.sampled_from(SIDES))
    def somebody_wants_no_more_mail(self, who: str) -> None:
        if self.play.mails_to(who):
            self.play.reply(who, "Stop.")
            self._pass()
            self.refused[who] = True
            self.silenced.setdefault(who, len(self.play.mails_to(who)))

    @precondition(lambda self: self.play.carried)
    @rule(which=st.integers(0, 20))
    def a_mail_bounces(self, which: int) -> None:
        to, message = self.play.carried[which % len(self.play.carried)]
        self.play.account.deliver(bounce(to, message), self.play.now)
        self._pass()
        self.silenced.setdefault(to, len(self.play.mails_to(to)))

    @rule(which=st.integers(0, 40))
    def a_mail_comes_twice(self, which: int) -> None:
        held = self.play.account.held("INBOX")
        self.play.account.deliver(held[which % len(held)], self.play.now)

    @precondition(lambda self: len(self.play.letters) % 3 == 0)
    @rule()
    def ada_cancels(self) -> None:
        self.play.tell("cancel introduction jane and raj")
        self._pass()

    # 2. what the world does

    @rule(by=st.sampled_from([5, 5, 5, 60 * 24, 60 * 24 * 3, 60 * 24 * 8, 60 * 24 * 32]))
    def time_passes(self, by: int) -> None:
        self.play.pass_time(timedelta(minutes=by))
        self._pass()

    @rule()
    def what_may_leave_leaves(self) -> None:
        self.play.leave()

    @rule(fault=st.sampled_from([
        ("RCPT", "450 4.2.0 greylisted", False), ("DOT", "", True), ("DOT", "", False),
        ("RCPT", "550 5.1.1 nobody", False),
    ]))  # fmt: skip
    def the_server_will_fail(self, fault: tuple[str, str, bool]) -> None:
        step, reply, is_taken = fault
        self.play.post.fail(step, reply, is_taken=is_taken).times = 1

    @rule(after=st.integers(0, 30))
    def a_pass_dies(self, after: int) -> None:
        self.play.dies_after = after
        self._pass()

    # 3. the laws

    @invariant()
    def nobody_learns_who_the_other_is_before_both_agreed(self) -> None:
        for who, other in (SIDES, SIDES[::-1]):
            for mail in self._before_the_introduction(who):
                text = mail.lower().replace(GREETING[who], "")
                assert other not in text
                if other not in self.named:
                    assert not [name for name in NAMES[other] if name in text]

    @invariant()
    def the_last_word_is_the_same_whatever_happened(self) -> None:
        lines = {
            words_of(text).replace("Hi Jane,", "Hi,").replace("Hi Raj,", "Hi,")
            for who in SIDES
            for text in self.play.texts_to(who)
            if "will not come about" in text
        }
        assert len(lines) <= 1

    @invariant()
    def nothing_leaves_without_the_owners_ok(self) -> None:
        for _, mail in self.play.carried:
            assert words_of(text_of(mail)) in self.shown_ok

    @invariant()
    def nobody_is_introduced_without_two_consents(self) -> None:
        finals = [mail for _, mail in self.play.carried if self._is_final(mail["Subject"])]
        if len(finals) <= self.introduced:
            return
        self.introduced = len(finals)
        for draft in self._finals():
            assert draft.sending_at is not None
            for who in SIDES:
                assert not self.refused.get(who), f"{who} had said no"
                assert draft.sending_at - self.yes_at[who] <= CONSENT_LASTS + timedelta(hours=1)

    @invariant()
    def nobody_is_reminded_twice(self) -> None:
        nudges = [draft for draft in self.play.drafts() if draft.purpose is Purpose.INTRO_NUDGE]
        went = [(d.introduction_id, d.contact_id) for d in nudges if d.sending_at is not None]
        assert len(went) == len(set(went))

    @invariant()
    def nothing_goes_to_whoever_wants_no_mail(self) -> None:
        for who, before in self.silenced.items():
            assert len(self.play.mails_to(who)) == before

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        ids = [(to, mail["Message-ID"]) for to, mail in self.play.carried]
        assert len(ids) == len(set(ids))

    # 4. looking

    def _pass(self) -> None:
        if not self.play.tick():
            self.play.tick()

    def _said_yes(self, who: str) -> None:
        self.yes_at[who] = self.play.now
        self.refused[who] = False

    def _asked(self, who: str) -> bool:
        """Whether the mail they answer is a question of an introduction."""
        latest = str(self.play.mails_to(who)[-1]["Message-ID"])
        with self.play.house.store.begin() as s:
            draft = facts.sent_by_message_id(s, self.play.house.owner_id, [latest])
        return draft is not None and draft.purpose in (Purpose.INTRO_ASK, Purpose.INTRO_NUDGE)

    def _before_the_introduction(self, who: str) -> list[str]:
        """Every header and body that came to somebody before they were introduced, decoded."""
        found: list[str] = []
        for taken in self.play.post.taken:
            if who not in taken.envelope.recipients:
                continue
            mail = parsed(taken.data)
            if self._is_final(mail["Subject"]):
                break
            told = [f"{name}: {value}" for name, value in mail.items() if name != "To"]
            found.append("\n".join([*told, str(mail["To"].addresses[1:]), text_of(mail)]))
        return found

    def _is_final(self, subject: object) -> bool:
        return str(subject).startswith("Intro:")

    def _finals(self) -> list[Draft]:
        went = (DraftState.SENT, DraftState.SENDING, DraftState.UNCERTAIN)
        return [
            draft
            for draft in self.play.drafts()
            if draft.purpose is Purpose.INTRODUCTION and draft.state in went
        ]


TestMatchmaking = pytest.mark.timeout(600)(pytest.mark.slow(Matchmaking.TestCase))
# A failing walk is reported as it was found: to shorten it takes longer than a build may.
TestMatchmaking.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)

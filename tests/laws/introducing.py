"""Ada introduces people in the small world: what she writes, what they answer, what leaves."""

from datetime import timedelta
from email.message import EmailMessage

from mailflow.model.draft import OF_INTRODUCTIONS, Draft, DraftState
from mailflow.model.introduction import Introduction
from mailflow.store import facts
from tests.laws.play import OWNER, Play, shown_drafts, text_of

JANE, RAJ = "jane@acme.io", "raj@payroll.example"
MET = (
    f"met Jane Roe <{JANE}>, CTO at Acme: wants a way to pay people abroad\n"
    f"met Raj Rao <{RAJ}>, founder at Payroll"
)
LINE = (
    "introduce jane and raj: a way to pay people abroad / a first large customer\n"
    "jane as “an engineer in aviation”\nraj as “a founder in HR software”"
)
"""Raj, a founder, has more to lose and is asked first."""


class Introducing(Play):
    """The small world with Jane and Raj, whom Ada met; their first mails are out of the way."""

    def __init__(self) -> None:
        super().__init__()
        self.tell(MET)
        self.tick()
        self.answer(self.letters[-1], "skip all")
        self.tick()
        self.read = len(self.letters)

    def begin(self, line: str = LINE) -> EmailMessage:
        """Ada asks for an introduction; what she is answered."""
        self.tell(line)
        self.tick()
        return self.letters[-1]

    def approve(self, word: str = "ok", *, to: str | None = None) -> None:
        """Ada answers the latest letter that shows a draft (to that address); a pass."""
        shown = [
            letter
            for letter in self.letters
            if any(to in (None, address) for address, _ in shown_drafts(letter).values())
        ]
        self.answer(shown[-1], word)
        self.tick()

    def leave(self) -> None:
        """The undo time passes, and what is approved leaves, in working hours."""
        for _ in range(6):
            self.pass_time(timedelta(minutes=4))
            self.tick()
            waiting = [draft for draft in self.drafts() if draft.state is DraftState.APPROVED]
            if not waiting:
                return
            self.now = max(self.now, *(draft.due_at for draft in waiting))
            if self.now.weekday() > 4:
                self.pass_time(timedelta(days=7 - self.now.weekday()))

    def ask(self, line: str = LINE) -> None:
        """Raj is asked."""
        self.begin(line)
        self.approve()
        self.leave()

    def ask_both(self) -> None:
        """Raj says yes, and Jane is asked."""
        self.ask()
        self.reply(RAJ, "Yes, gladly!")
        self.approve(to=JANE)
        self.leave()

    def agree(self) -> None:
        """Both say yes; the mail to both is shown."""
        self.ask_both()
        self.reply(JANE, "Yes please.")

    def introduce(self) -> None:
        """Both say yes, Ada says ok, and the mail to both leaves."""
        self.agree()
        self.approve()
        self.leave()

    def reply(
        self,
        who: str,
        text: str,
        *,
        sender: str | None = None,
        to: str = OWNER,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Somebody answers the latest mail to them, an hour later; a pass."""
        self.pass_time(timedelta(hours=1))
        mail = self.mails_to(who)[-1]
        data = self.mail(
            sender or who, to, text, subject=f"Re: {mail['Subject']}",
            headers={"In-Reply-To": str(mail["Message-ID"]), **(headers or {})},
        )  # fmt: skip
        self.account.deliver(data, self.now)
        self.tick()

    def rule(self, text: str) -> str:
        """Ada answers the latest question; what she is told."""
        questions = [letter for letter in self.letters if "How to answer" in text_of(letter)]
        self.answer(questions[-1], text)
        self.tick()
        return text_of(self.letters[-1])

    def wait(self, days: float) -> None:
        """Days pass; then two passes, for what the first left to show."""
        self.pass_time(timedelta(days=days))
        self.tick()
        self.tick()

    def wait_for_monday(self) -> None:
        """Until the summary is due, on Monday after eight in Berlin."""
        days = 7 - self.now.weekday()
        self.now = (self.now + timedelta(days=days)).replace(hour=8, minute=0)
        self.tick()
        self.tick()

    # looking

    def mails_to(self, who: str) -> list[EmailMessage]:
        return [mail for to, mail in self.carried if to == who]

    def texts_to(self, who: str) -> list[str]:
        return [text_of(mail) for mail in self.mails_to(who)]

    def introductions(self) -> tuple[Introduction, ...]:
        with self.house.store.begin() as s:
            return facts.introductions(s, self.house.owner_id)

    @property
    def introduction(self) -> Introduction:
        """The latest."""
        return self.introductions()[-1]

    def states(self) -> tuple[str, str, str]:
        """The pair's, the first side's and the second's."""
        pair = self.introduction
        return pair.state.value, pair.first.state.value, pair.second.state.value

    def drafts(self) -> list[Draft]:
        with self.house.store.begin() as s:
            found = facts.drafts(s, self.house.owner_id)
        return [draft for draft in found if draft.purpose in OF_INTRODUCTIONS]

    def said(self, since: int = 0) -> str:
        """All that Ada was written since that letter."""
        return "\n".join(f"{each['Subject']}\n{text_of(each)}" for each in self.letters[since:])

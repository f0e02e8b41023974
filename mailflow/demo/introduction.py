"""The story's second part: two people are introduced, because both want it, to what came of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from mailflow.demo.mails import answer, read, recipient, text_of, to_service
from mailflow.demo.people import ADA, JANE, RAJ, ZONE, Person
from mailflow.demo.stage import Stage

LINES = """\
introduce jane and raj: a way to pay people in six countries / a first customer in industry
jane as “an engineer in robotics”
raj as “a founder in HR software”
"""

UNDO_IS_OVER = timedelta(minutes=3)


def introduce(stage: Stage) -> None:
    """Play every scene in order."""
    _tuesday(stage)
    first = _begin(stage)
    asked = _leaves(stage, first, RAJ, "May I introduce")
    stage.teller.say(
        "Raj is asked alone, and reads nothing that would tell him who it is. Had he said no, or "
        "nothing, Jane would never have heard of it."
    )
    second = _says(stage, RAJ, asked, "Yes, gladly!\n\nRaj", "Draft")
    stage.teller.say("Now it is Jane's turn, in the same words; nobody tells her who said yes.")
    asked = _leaves(stage, second, JANE, "May I introduce")
    final = _says(stage, JANE, asked, "Yes please.\n\nJane", "Intro:")
    stage.teller.say(
        "Both said yes, so one mail to both is drafted. Until it leaves, a no of either stops it, "
        "even after Ada's ok."
    )
    introduced = _leaves(stage, final, JANE, "Intro:")
    _they_meet(stage, introduced)
    _what_came_of_it(stage)


def _tuesday(stage: Stage) -> None:
    now = stage.clock().astimezone(ZONE)
    tuesday = now + timedelta(days=1)
    stage.leap(tuesday.replace(hour=10, minute=0), "(the clock was set forward to Tuesday)")


def _begin(stage: Stage) -> bytes:
    stage.teller.say(
        "On the train it strikes Ada that Jane and Raj should know each other. She says what each "
        "would gain, and how they may be described before both agreed:"
    )
    mail = to_service("", LINES, stage.clock())
    stage.send(ADA, mail, seen="Ada writes")
    letter = stage.letter(mail)
    stage.teller.mail(letter, seen="In Ada's INBOX")
    return letter


def _leaves(stage: Stage, letter: bytes, to: Person, subject: str) -> bytes:
    """Ada says ok, and the mail leaves; as it lies in the reader's INBOX."""
    mail = answer(letter, ADA, "ok", stage.clock())
    stage.world.submit(ADA, [recipient(mail)], mail)
    stage.letter(mail)
    stage.leap(stage.clock() + UNDO_IS_OVER, "(Ada answered ok; three minutes later it leaves)")
    found = stage.await_mail(to, "INBOX", lambda data: subject in str(read(data)["Subject"]))
    stage.teller.mail(found, seen=f"In {to.name.split()[0]}'s INBOX")
    return found


def _says(stage: Stage, who: Person, asked: bytes, text: str, shows: str) -> bytes:
    """Somebody answers a question; the letter that shows Ada what comes next."""
    known = _ids(stage)
    name = who.name.split()[0]
    stage.send(who, answer(asked, who, text, stage.clock()), seen=f"{name} answers")
    letter = stage.await_mail(ADA, "INBOX", _new(known, shows))
    stage.teller.mail(letter, seen="In Ada's INBOX")
    return letter


def _they_meet(stage: Stage, introduced: bytes) -> None:
    hours = stage.clock() + timedelta(hours=2)
    stage.leap(hours, "(the clock was set forward two hours)")
    mail = answer(introduced, JANE, "Hi Raj, good to meet you. Thursday at ten?", stage.clock())
    del mail["To"]
    mail["To"] = str(RAJ.address)
    mail["Cc"] = str(ADA.address)
    stage.teller.mail(mail.as_bytes(), seen="Jane writes first")
    stage.world.submit(JANE, [RAJ.address, ADA.address], mail)
    stage.settle()
    stage.teller.say("mailflow sees a word between the two, and leaves them alone.")


def _what_came_of_it(stage: Stage) -> None:
    known = _ids(stage)
    at = stage.clock() + timedelta(days=31)
    stage.leap(_at_ten(at), "(the clock was set forward a month)")
    letter = stage.await_mail(ADA, "INBOX", _new(known, "What came of it"))
    stage.teller.mail(letter, seen="In Ada's INBOX")
    text = "it helped: Payroll Works runs salaries for Acme in six countries"
    mail = answer(letter, ADA, text, stage.clock())
    stage.send(ADA, mail, seen="Ada answers")
    stage.letter(mail)
    stage.teller.mail(stage.ask("who jane"), seen="In Ada's INBOX")


def _at_ten(at: datetime) -> datetime:
    return at.astimezone(ZONE).replace(hour=10, minute=0)


def _ids(stage: Stage) -> set[str]:
    """The letters Ada has already."""
    return {str(read(data)["Message-ID"]) for data in stage.world.mailbox(ADA)}


def _new(known: set[str], words: str) -> Callable[[bytes], bool]:
    """A letter of mailflow's that was not there before and says these words."""

    def wanted(data: bytes) -> bool:
        mail = read(data)
        is_ours = mail["X-Mailflow-Loop"] is not None and str(mail["Message-ID"]) not in known
        return is_ours and words in f"{mail['Subject']}\n{text_of(data)}"

    return wanted

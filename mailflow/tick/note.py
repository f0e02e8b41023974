"""What the owner wrote beside cards: not the commands, not what was forwarded."""

from collections.abc import Sequence

from mailflow.model.command import Instruction, Unclear
from mailflow.model.correction import Correct
from mailflow.model.mail import Forward
from mailflow.reading import command
from mailflow.reading.separators import subject_says
from mailflow.tick.house import House
from mailflow.tick.mail import Mail


def note_of(house: House, mail: Mail, forwards: Sequence[Forward]) -> str:
    """The owner's words about the people a mail brings."""
    subject = own_subject(mail, forwards, is_answer=False)
    zone = house.identity.zone
    instructions = command.read(mail.body.new_text, subject, now=mail.at, zone=zone)
    return without_commands(mail, forwards, instructions)


def without_commands(
    mail: Mail, forwards: Sequence[Forward], instructions: Sequence[Instruction]
) -> str:
    """The text above the cards without the lines that are instructions."""
    text = forwards[0].note if forwards and forwards[0].note else mail.body.new_text
    commands = {
        instruction.line.strip()
        for instruction in instructions
        if not _is_pasted(instruction, instructions)
    }
    kept = [line for line in text.splitlines() if line.strip() not in commands]
    return "\n".join(kept).strip()


def own_subject(mail: Mail, forwards: Sequence[Forward], *, is_answer: bool) -> str:
    """The subject if the owner or mailflow wrote it; that of another's mail, passed on or
    answered, is the words of whoever began it, and must command nothing. `is_answer`: the mail
    answers a letter of ours."""
    says = subject_says(mail.message.subject)
    is_passed_on = bool(forwards) or says == "forward"
    is_answered = says == "reply" and bool(mail.body.quoted.strip())
    return "" if not is_answer and (is_passed_on or is_answered) else mail.message.subject


def _is_pasted(instruction: Instruction, all_of_them: Sequence[Instruction]) -> bool:
    """`Name: …`, `Email: …` one below the other and nothing else is a card, typed or pasted."""
    return isinstance(instruction.command, Correct) and all(
        isinstance(each.command, Correct | Unclear) for each in all_of_them
    )

"""The owner's answer to a question about an introduction, read and carried out once."""

from datetime import datetime

from mailflow.approving import ruling
from mailflow.errors import NotFound
from mailflow.model.command import Unclear
from mailflow.model.introduction_events import Matter
from mailflow.model.letter import Line
from mailflow.store import queue
from mailflow.store.database import Session
from mailflow.store.queue import TokenRow
from mailflow.tick.house import House
from mailflow.tick.introduce import Said, rule
from mailflow.tick.introduce_words import QUESTION

OTHERWISE = "write “introduction {number}: …” with your answer behind the colon."


def is_question(row: TokenRow) -> bool:
    """Whether the letter that carried this token asked about an introduction."""
    return row.purpose.startswith(QUESTION)


def judge_question(
    s: Session, house: House, now: datetime, row: TokenRow, text: str, subject: str
) -> Said:
    """Carry out what the answer says; the line of the transcript and whose drafts to show."""
    number, matter, contact = row.purpose.removeprefix(QUESTION).split()
    instead = OTHERWISE.format(number=number)
    if row.expires_at <= now:
        said = f"That question is over seven days old; {instead}"
        return Line("", said, is_done=False), []
    if any(item.used_at is not None for item in row.items):
        return Line("", f"You answered that already; to change it, {instead}", is_done=False), []
    read = ruling.read(
        text, subject, Matter(matter), now=now, zone=house.identity.zone,
        owner=house.identity.name,
    )  # fmt: skip
    if isinstance(read, Unclear):
        return Line(read.line, read.reason, is_done=False), []
    try:
        line, ids = rule(s, house, now, int(number), read, int(contact) or None, "")
    except NotFound as error:
        return Line("", str(error), is_done=False), []
    for item in row.items:
        queue.use_token_item(s, house.owner_id, row.id, item.number, now)
    return line, ids

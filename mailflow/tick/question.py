"""A question about one person, which the owner answers with ok or skip: a letter with its token."""

from datetime import datetime

from mailflow.drafting import letters
from mailflow.model.letter import LetterKind
from mailflow.store import queue
from mailflow.store.database import Session
from mailflow.tick.house import House
from mailflow.tick.mint import mint_token


def put(
    s: Session,
    house: House,
    contact_id: int | None,
    title: str,
    text: tuple[str, ...],
    now: datetime,
    *,
    purpose: str,
    key: str | None = None,
) -> None:
    """Queue the question: `text` in paragraphs; `purpose` is what its token decides on.

    A question whose `key` was put before is not put again.
    """
    rendered = house.templates.render("notice", letters.notice(title, text, house.identity))
    token_id = mint_token(s, house, purpose, [(1, None, 1)], now, contact_id=contact_id)
    queue.add_letter(
        s, house.owner_id, kind=LetterKind.QUESTION, subject=rendered.subject,
        body=rendered.body, html=rendered.html, token_id=token_id, now=now, key=key,
    )  # fmt: skip

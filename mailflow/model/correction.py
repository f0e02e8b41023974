"""What the owner puts right about a person: one field and what it should say."""

from dataclasses import dataclass
from enum import StrEnum


class Correctable(StrEnum):
    """The fields that can be put right by a line such as `email: jane@acme.io`."""

    NAME = "name"
    EMAIL = "email"
    TITLE = "title"
    ORG = "org"
    PHONE = "phone"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Correct:
    """`email jane: jane@acme.io`; or, in answer to a receipt, `email: …` or `2 email: …`.

    `who` None and `number` None: the one person the mail or the answered letter is about. An empty
    `value` takes the field away.
    """

    field: Correctable
    value: str
    who: str | None = None
    number: int | None = None

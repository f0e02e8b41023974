"""What a person said to a question: yes, no, later, or something the owner must read."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Say(StrEnum):
    """The seven things an answer can be; only an unmistakable one is yes, no or later."""

    YES = "yes"
    NO = "no"
    LATER = "later"  # not now; maybe with a day
    CONDITIONAL = "conditional"  # yes, if; yes, but
    QUESTION = "question"  # asks back
    AMBIGUOUS = "ambiguous"  # anything else: the owner decides
    STOP = "stop"  # never write again


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the words it was taken from; `on` is the day of a later, where one is said."""

    say: Say
    words: str = ""
    on: date | None = None

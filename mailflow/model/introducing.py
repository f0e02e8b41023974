"""What the owner may tell the service about introductions: begin, end, never, and rulings."""

from dataclasses import dataclass

from mailflow.model.introduction import Naming
from mailflow.model.ruling import Ruling


@dataclass(frozen=True, slots=True)
class Introduce:
    """`introduce A and B: why A gains / why B gains`, with what may stand below it.

    `naming_*` and `as_*` say how that side is shown to the other: `A as “a founder in payroll”`,
    `A by name`, `A by name and link`; None for the default. `*_asked` for `A asked for this`.
    `ask_first` repeats A or B after `ask A first`. `is_anyway` for `introduce anyway …`: what is
    only a warning does not hold it back.
    """

    first: str
    second: str
    why_first: str = ""
    why_second: str = ""
    naming_first: Naming | None = None
    naming_second: Naming | None = None
    as_first: str = ""
    as_second: str = ""
    first_asked: bool = False
    second_asked: bool = False
    ask_first: str = ""
    is_anyway: bool = False


@dataclass(frozen=True, slots=True)
class CancelIntroduction:
    """`cancel introduction 5`, `cancel introduction A and B`, `stop introducing A and B`: by its
    number, by both sides, or by the one side there is an open introduction of."""

    number: int | None = None
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class NeverIntroduce:
    """`never introduce A`, or `never introduce A and B` for the pair only."""

    who: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class MayIntroduce:
    """`may introduce A`, or `may introduce A and B`: takes a never back."""

    who: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class RuleIntroduction:
    """`introduction 5: counts as yes`: a ruling without the mail that asked for it.

    `who` for `introduction 5: jane counts as yes`; empty: the one side there is something to say
    about.
    """

    number: int
    ruling: Ruling
    who: str = ""

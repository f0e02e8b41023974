"""Introductions made to the owner, and how much each person brought."""

from dataclasses import dataclass
from datetime import datetime

from mailflow.model.contact import Contact


@dataclass(frozen=True, slots=True)
class Brought:
    """`by` introduced `contact` to the owner, at `at` (aware UTC)."""

    contact: Contact
    by: Contact
    at: datetime


@dataclass(frozen=True, slots=True)
class Bringer:
    """What came by one person in a time: people introduced to the owner, and outcomes."""

    contact: Contact
    introductions: int
    outcomes: int

    @property
    def total(self) -> int:
        return self.introductions + self.outcomes

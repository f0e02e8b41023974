"""The owner's settings the core needs; every default is the product's."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from mailflow.model.address import Address
from mailflow.model.contact import Tier

TIER_DAYS: dict[Tier, int | None] = {
    Tier.INNER: 21,
    Tier.KEY: 60,
    Tier.WIDE: 180,
    Tier.NONE: None,
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the owner is and how the service is addressed.

    `zone` is the owner's time zone. `authserv_id` names the server whose Authentication-Results
    are believed (RFC 8601), None for none.
    """

    name: str
    addresses: tuple[Address, ...]
    service: Address
    zone: ZoneInfo
    authserv_id: str | None = None
    signature: str = ""
    about: str = ""
    region: str = "US"

    @property
    def address(self) -> Address:
        """The address the owner writes from."""
        return self.addresses[0]

    def is_owner(self, address: Address | None) -> bool:
        return address is not None and address in self.addresses


@dataclass(frozen=True, slots=True)
class Policy:
    """How eager mailflow is. Durations that count business days are plain numbers."""

    follow_up_within: timedelta = timedelta(hours=24)
    warn_after: timedelta = timedelta(hours=20)
    nudge_1_after_days: int = 4
    nudge_2_after_days: int = 8
    reply_owed_after_days: int = 5
    approval_expires_after: timedelta = timedelta(days=7)
    window_opens: time = time(9)
    window_closes: time = time(17)
    window_days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    per_day: int = 25
    per_hour: int = 10
    spacing_min: timedelta = timedelta(seconds=60)
    spacing_max: timedelta = timedelta(seconds=150)
    undo_within: timedelta = timedelta(minutes=2)
    new_people_per_week: int = 10
    focus_size: int = 10
    tier_days: dict[Tier, int | None] = field(default_factory=lambda: dict(TIER_DAYS))
    default_tier: Tier = Tier.KEY
    dormant_after_gaps: int = 8
    dormant_min: timedelta = timedelta(days=180)
    dormant_max: timedelta = timedelta(days=365)
    revivals_per_week: int = 2
    suggestions_per_week: int = 3
    """Introductions offered with the summary; 0 for none."""
    away_without_date: timedelta = timedelta(days=7)
    away_extra_days: int = 2
    absurd_per_tick: int = 40
    answers_per_hour: int = 5
    answers_per_day: int = 20
    max_words: int = 125
    max_questions: int = 2
    introduction_nudge_after_days: int = 5
    introduction_expires_after: timedelta = timedelta(days=14)
    introduction_later_after: timedelta = timedelta(days=90)
    introduction_again_after: timedelta = timedelta(days=180)
    introduction_quiet_after: timedelta = timedelta(days=7)
    introduction_outcome_after: timedelta = timedelta(days=30)
    summary_weekday: int = 0
    summary_at: time = time(8)
    summary_late: timedelta = timedelta(hours=48)
    empty_summary: bool = True
    uncertain_after: timedelta = timedelta(minutes=2)
    sandbox_address: Address | None = None
    holidays: frozenset[str] = frozenset()
    """Days without business, as ISO dates."""

"""Introductions: the pair, each side's answer, what came of it."""

import sqlalchemy as sa
from alembic import op

from mailflow.store.migrations.pieces import check, index, refers, table, unique

revision = "0003"
down_revision = "0002"

LIVE = "state IN ('approved', 'awaiting_approval', 'drafted', 'sending', 'snoozed', 'uncertain')"
OPEN = "state IN ({})".format(
    ", ".join(
        f"'{state}'"
        for state in (
            "asking_first", "asking_second", "deferred", "draft", "ready", "reconfirming",
        )
    )
)  # fmt: skip
STATES = (
    "'draft', 'asking_first', 'asking_second', 'deferred', 'ready', 'reconfirming', "
    "'introduced', 'connected', 'quiet', 'declined', 'expired', 'undeliverable', 'cancelled', "
    "'closed'"
)
SIDE_STATES = (
    "'not_asked', 'asked', 'yes', 'no', 'later', 'conditional', 'ambiguous', 'silent', "
    "'withdrawn', 'standing'"
)


def upgrade() -> None:
    """The pair and its two sides, who knows whom, and drafts that belong to an introduction."""
    _pairs()
    _sides()
    _acquainted()
    _never()
    _drafts()


def _pairs() -> None:
    table(
        "introduction",
        unique("introduction", "id"),
        refers("introduction", "low_id", "contact"),
        refers("introduction", "high_id", "contact"),
        check("introduction", "two_people", "low_id < high_id"),
        check(
            "introduction",
            "introduced_at_a_time",
            "state NOT IN ('introduced', 'connected', 'quiet') OR introduced_at IS NOT NULL",
        ),
        check("introduction", "state", f"state IN ({STATES})"),
        number="low_id high_id",
        word="state",
        instant="created_at since_at due_at? introduced_at? outcome_asked_at? outcome_at?",
        text="final_id? outcome",
    )
    index("uq_introduction_open", "introduction", "low_id", "high_id", where=OPEN, is_unique=True)
    index("ix_introduction_pair", "introduction", "low_id", "high_id")
    index("ix_introduction_high", "introduction", "high_id")
    index("ix_introduction_due", "introduction", "due_at")
    index("ix_introduction_final", "introduction", "final_id")


def _sides() -> None:
    table(
        "introduction_side",
        unique("introduction_side", "introduction_id", "place"),
        unique("introduction_side", "introduction_id", "contact_id"),
        refers("introduction_side", "introduction_id", "introduction"),
        refers("introduction_side", "contact_id", "contact"),
        check("introduction_side", "place", "place IN (1, 2)"),
        check(
            "introduction_side",
            "consent_at_a_time",
            "state NOT IN ('yes', 'standing') OR consent_at IS NOT NULL",
        ),
        check("introduction_side", "state", f"state IN ({SIDE_STATES})"),
        number="introduction_id contact_id place",
        word="naming state",
        text="why descriptor words answer_id? thread_id? thread_subject",
        flag="has_requested is_reconfirmed",
        instant="asked_at? nudged_at? answered_at? consent_at? again_at? away_until?",
    )
    index("ix_introduction_side_contact", "introduction_side", "contact_id")


def _acquainted() -> None:
    table(
        "acquainted",
        unique("acquainted", "low_id", "high_id"),
        refers("acquainted", "low_id", "contact"),
        refers("acquainted", "high_id", "contact"),
        check("acquainted", "two_people", "low_id < high_id"),
        number="low_id high_id",
        instant="seen_at",
        text="subject",
    )
    index("ix_acquainted_high", "acquainted", "high_id")


def _never() -> None:
    table(
        "never_introduce",
        unique("never_introduce", "low_id", "high_id"),
        refers("never_introduce", "low_id", "contact"),
        refers("never_introduce", "high_id", "contact"),
        check("never_introduce", "in_order", "low_id <= high_id"),
        number="low_id high_id",
    )
    index("ix_never_introduce_high", "never_introduce", "high_id")


def _drafts() -> None:
    """Without a reference to the pair: SQLite would have to make the whole table anew."""
    for name, kind in (
        ("introduction_id", sa.Integer()),
        ("second_contact_id", sa.Integer()),
        ("second_key", sa.Text()),
        ("second_written", sa.Text()),
        ("second_name", sa.Text()),
    ):
        op.add_column("draft", sa.Column(name, kind, nullable=True))
    op.drop_index("uq_draft_live", "draft")
    index(
        "uq_draft_live",
        "draft",
        "contact_id",
        "purpose",
        where=f"{LIVE} AND introduction_id IS NULL",
        is_unique=True,
    )
    index(
        "uq_draft_live_introduction",
        "draft",
        "contact_id",
        "purpose",
        "introduction_id",
        where=f"{LIVE} AND introduction_id IS NOT NULL",
        is_unique=True,
    )
    index("ix_draft_introduction", "draft", "introduction_id", where="introduction_id IS NOT NULL")

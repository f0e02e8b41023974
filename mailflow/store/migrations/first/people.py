"""The owners, and the people they keep up with."""

import sqlalchemy as sa
from alembic import op

from mailflow.store.migrations.pieces import columns, index, owned, refers, table, unique


def make() -> None:
    """Make these tables."""
    _owner()
    _people()
    _history()
    _indexes()


def _owner() -> None:
    op.create_table(
        "owner",
        sa.Column("id", sa.Integer, nullable=False),
        *columns({"text": "name", "instant": "created_at paused_until? pruned_at?"}),
        sa.PrimaryKeyConstraint("id", name="pk_owner"),
        sa.UniqueConstraint("name", name="uq_owner_name"),
    )
    op.create_table(
        "cursor",
        sa.Column("owner_id", sa.Integer, nullable=False),
        *columns({"text": "account mailbox", "big": "uidvalidity last_uid", "instant": "moved_at"}),
        sa.PrimaryKeyConstraint("owner_id", "account", "mailbox", name="pk_cursor"),
        owned("cursor"),
    )


def _people() -> None:
    table(
        "contact",
        unique("contact", "id"),
        text="name given family folded_name folded_given title org postal event "
        "notes wants offers promised through form",
        json="phones urls tags doubts warmth?",
        word="tier",
        number="every_days? utc_offset?",
        instant="paused_until? created_at due_at? away_until? last_in_at? last_out_at? "
        "last_contact_at?",
        flag="is_focus is_scored is_warmth_stale",
        day="met_on?",
    )
    table(
        "contact_address",
        unique("contact_address", "key"),
        refers("contact_address", "contact_id", "contact"),
        number="contact_id position",
        text="key written",
    )
    table(
        "contact_field",
        refers("contact_field", "contact_id", "contact"),
        number="contact_id",
        text="field value source read_from",
        real="confidence",
        instant="read_at",
    )
    table(
        "suppression",
        unique("suppression", "digest"),
        bytes="digest",
        word="reason",
        instant="suppressed_at",
    )


def _history() -> None:
    table(
        "decision",
        refers("decision", "contact_id", "contact"),
        number="contact_id",
        text="action reason",
        json="guards",
        instant="decided_at",
    )
    table(
        "promise",
        unique("promise", "number"),
        unique("promise", "source"),
        refers("promise", "contact_id", "contact"),
        number="number contact_id",
        text="text source?",
        day="due_on?",
        instant="made_at kept_at?",
    )
    table(
        "outcome",
        unique("outcome", "source"),
        refers("outcome", "contact_id", "contact"),
        number="contact_id value?",
        text="text event source?",
        instant="came_at",
    )
    table(
        "warmth_score",
        refers("warmth_score", "contact_id", "contact"),
        number="contact_id score",
        instant="measured_at",
    )


def _indexes() -> None:
    index("ix_contact_due", "contact", "due_at")
    index("ix_contact_focus", "contact", where="is_focus")
    index("ix_contact_given", "contact", "folded_given")
    index("ix_contact_name", "contact", "folded_name")
    index("ix_contact_stale", "contact", where="is_warmth_stale")
    index("ix_suppression_at", "suppression", "suppressed_at")
    index("ix_contact_address_contact", "contact_address", "contact_id")
    index("ix_contact_field_contact", "contact_field", "contact_id")
    index("ix_decision_contact", "decision", "contact_id", "id")
    index("ix_outcome_at", "outcome", "came_at")
    index("ix_outcome_contact", "outcome", "contact_id")
    index("ix_promise_contact", "promise", "contact_id")
    index("ix_promise_kept", "promise", "kept_at")
    index("ix_warmth_score_at", "warmth_score", "measured_at")
    index("ix_warmth_score_contact", "warmth_score", "contact_id", "measured_at")

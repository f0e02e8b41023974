"""The first tables."""

import sqlalchemy as sa
from alembic import op

from mailflow.store.migrations.pieces import (
    check,
    columns,
    index,
    owned,
    refers,
    table,
    unique,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them all; people before the mail that refers to them."""
    _owner()
    _people()
    _mail()
    _known()
    _queue()
    _tokens_and_letters()
    _indexes_of_mail_and_people()
    _indexes_of_the_queue()


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
        *columns({"text": "account mailbox", "big": "uidvalidity last_uid"}),
        *columns({"instant": "moved_at"}),
        sa.PrimaryKeyConstraint("owner_id", "account", "mailbox", name="pk_cursor"),
        owned("cursor"),
    )


def _people() -> None:
    """The people; `message` refers to them."""
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
    table(
        "suppression",
        unique("suppression", "digest"),
        bytes="digest",
        word="reason",
        instant="suppressed_at",
    )


def _mail() -> None:
    """What came in."""
    table(
        "message",
        unique("message", "id"),
        unique("message", "message_id"),
        refers("message", "contact_id", "contact"),
        text="message_id body_hash sender_key sender_name subject in_reply_to? text",
        word="kind direction?",
        number="contact_id?",
        instant="sent_at? received_at recorded_at",
        json="references evidence",
        bytes="raw?",
    )
    table(
        "sighting",
        unique("sighting", "account", "mailbox", "uidvalidity", "uid"),
        refers("sighting", "message_pk", "message"),
        number="message_pk",
        text="account mailbox",
        big="uidvalidity uid",
    )
    table(
        "quarantine",
        unique("quarantine", "account", "mailbox", "uidvalidity", "uid"),
        text="reason account mailbox",
        bytes="data",
        instant="quarantined_at",
        big="uidvalidity uid",
    )
    table(
        "newcomer",
        unique("newcomer", "key"),
        refers("newcomer", "message_pk", "message"),
        text="key written name",
        number="message_pk mails",
        instant="first_at last_at",
    )
    table(
        "receipt",
        unique("receipt", "message_pk"),
        refers("receipt", "message_pk", "message"),
        number="message_pk",
        text="in_reply_to? subject",
        json="references lines contact_ids",
        instant="created_at",
        flag="is_open",
    )
    table(
        "trouble",
        unique("trouble", "key"),
        text="key kind text",
        instant="first_at last_at",
        number="times",
    )


def _known() -> None:
    """What was concluded from mail about people."""
    table(
        "card",
        unique("card", "source"),
        refers("card", "contact_id", "contact"),
        refers("card", "message_pk", "message", ondelete=None),
        text="source",
        number="contact_id message_pk?",
        instant="saved_at",
    )
    table(
        "interaction",
        unique("interaction", "source"),
        refers("interaction", "contact_id", "contact"),
        refers("interaction", "message_pk", "message", ondelete=None),
        number="contact_id people message_pk?",
        word="direction deed",
        instant="at answers_at?",
        text="source text",
        flag="is_weak by_mailflow",
    )


def _queue() -> None:
    """What goes out."""
    table(
        "draft",
        unique("draft", "id"),
        unique("draft", "message_id"),
        check(
            "draft",
            "approved_as_shown",
            "state NOT IN ('approved', 'sending', 'uncertain') OR (approved_at IS "
            "NOT NULL AND approved_version = version)",
        ),
        check(
            "draft",
            "claimed_by_name",
            "state NOT IN ('sending', 'uncertain') OR (sending_at IS NOT NULL AND "
            "message_id IS NOT NULL)",
        ),
        check("draft", "sent_at_a_time", "state NOT IN ('sent', 'bounced') OR sent_at IS NOT NULL"),
        check(
            "draft",
            "state",
            "state IN ('drafted', 'awaiting_approval', 'snoozed', 'approved', "
            "'sending', 'sent', 'uncertain', 'failed', 'rejected', 'expired', "
            "'withdrawn', 'bounced')",
        ),
        check("draft", "version", "version >= 1"),
        refers("draft", "contact_id", "contact"),
        number="contact_id version approved_version? shown_version? attempts placed_version?",
        word="purpose state",
        text="to_key to_written to_name subject body reason held_because message_id? "
        "in_reply_to? failure account placed_mailbox?",
        instant="created_at due_at look_at? approved_at? sending_at? sent_at? "
        "settled_at? filed_at?",
        json="lint references",
        flag="want_shown",
        big="placed_uidvalidity? placed_uid?",
    )


def _tokens_and_letters() -> None:
    """What the owner is asked."""
    table(
        "token",
        unique("token", "digest"),
        unique("token", "id"),
        text="purpose",
        bytes="salt digest?",
        instant="created_at expires_at",
    )
    table(
        "token_item",
        unique("token_item", "token_id", "number"),
        refers("token_item", "contact_id", "contact"),
        refers("token_item", "draft_id", "draft"),
        refers("token_item", "token_id", "token"),
        number="token_id number draft_id? contact_id? version",
        instant="used_at?",
        flag="is_void",
    )
    table(
        "letter",
        unique("letter", "key"),
        unique("letter", "period"),
        check("letter", "claimed_at_a_time", "state <> 'sending' OR sending_at IS NOT NULL"),
        check("letter", "state", "state IN ('queued', 'sending', 'sent', 'failed', 'held')"),
        refers("letter", "token_id", "token", ondelete=None),
        word="kind state",
        text="key? subject body html in_reply_to? period? message_id? failure",
        instant="created_at due_at? sending_at? sent_at?",
        number="token_id? attempts",
        json="references",
    )


def _indexes_of_mail_and_people() -> None:
    index("ix_contact_due", "contact", "due_at")
    index("ix_contact_focus", "contact", where="is_focus")
    index("ix_contact_given", "contact", "folded_given")
    index("ix_contact_name", "contact", "folded_name")
    index("ix_contact_stale", "contact", where="is_warmth_stale")
    index("ix_suppression_at", "suppression", "suppressed_at")
    index("ix_trouble_last", "trouble", "last_at")
    index("ix_contact_address_contact", "contact_address", "contact_id")
    index("ix_contact_field_contact", "contact_field", "contact_id")
    index("ix_decision_contact", "decision", "contact_id", "id")
    index("ix_message_contact", "message", "contact_id", "recorded_at")
    index("ix_message_raw", "message", "recorded_at", where="raw IS NOT NULL")
    index("ix_message_sender", "message", "sender_key", "recorded_at")
    index("ix_outcome_at", "outcome", "came_at")
    index("ix_outcome_contact", "outcome", "contact_id")
    index("ix_promise_contact", "promise", "contact_id")
    index("ix_promise_kept", "promise", "kept_at")
    index("ix_warmth_score_at", "warmth_score", "measured_at")
    index("ix_warmth_score_contact", "warmth_score", "contact_id", "measured_at")
    index("ix_card_contact", "card", "contact_id")
    index("ix_card_message", "card", "message_pk")
    index("ix_card_saved", "card", "saved_at")
    index("ix_interaction_at", "interaction", "at")
    index("ix_interaction_contact", "interaction", "contact_id", "at")
    index("ix_interaction_message", "interaction", "message_pk")
    index("ix_newcomer_last", "newcomer", "last_at")
    index("ix_newcomer_message", "newcomer", "message_pk")
    index("ix_receipt_open", "receipt", where="is_open")
    index("ix_sighting_message", "sighting", "message_pk")


def _indexes_of_the_queue() -> None:
    index("ix_token_expires", "token", "expires_at")
    index("ix_draft_contact", "draft", "contact_id")
    index("ix_draft_created", "draft", "created_at")
    index(
        "ix_draft_file",
        "draft",
        where="state = 'sent' AND filed_at IS NULL AND sending_at IS NOT NULL",
    )
    index("ix_draft_look", "draft", "look_at")
    index("ix_draft_placed", "draft", where="placed_version IS NOT NULL")
    index("ix_draft_sending", "draft", "sending_at")
    index("ix_draft_sent", "draft", "sent_at")
    index("ix_draft_settled", "draft", "settled_at")
    index("ix_draft_show", "draft", where="want_shown")
    index(
        "uq_draft_live",
        "draft",
        "contact_id",
        "purpose",
        where="state IN ('approved', 'awaiting_approval', 'drafted', 'sending', "
        "'snoozed', 'uncertain')",
        is_unique=True,
    )
    index("ix_letter_created", "letter", "created_at")
    index("ix_letter_message", "letter", "message_id")
    index("ix_letter_token", "letter", "token_id")
    index("ix_letter_way", "letter", where="state IN ('queued', 'sending')")
    index("ix_token_item_contact", "token_item", "contact_id")
    index("ix_token_item_draft", "token_item", "draft_id")

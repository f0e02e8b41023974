"""What goes out, and what the owner is asked."""

from mailflow.store.migrations.pieces import check, index, refers, table, unique


def make() -> None:
    """Make these tables."""
    _drafts()
    _letters()
    _indexes()


def _drafts() -> None:
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


def _letters() -> None:
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


def _indexes() -> None:
    index("ix_token_expires", "token", "expires_at")
    index("ix_draft_contact", "draft", "contact_id")
    index("ix_draft_created", "draft", "created_at")
    index(
        "ix_draft_file",
        "draft",
        where="state = 'sent' AND filed_at IS NULL AND sending_at IS NOT NULL",
    )
    index(
        "ix_draft_live",
        "draft",
        where="state IN ('approved', 'awaiting_approval', 'drafted', 'sending', "
        "'snoozed', 'uncertain')",
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

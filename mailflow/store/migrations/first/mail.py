"""The mail that came in, and what was concluded from it; after the people it refers to."""

from mailflow.store.migrations.pieces import index, refers, table, unique


def make() -> None:
    """Make these tables."""
    _mail()
    _told()
    _concluded()
    _indexes()


def _mail() -> None:
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


def _told() -> None:
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


def _concluded() -> None:
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


def _indexes() -> None:
    index("ix_trouble_last", "trouble", "last_at")
    index("ix_message_contact", "message", "contact_id", "recorded_at")
    index("ix_message_raw", "message", "recorded_at", where="raw IS NOT NULL")
    index("ix_message_sender", "message", "sender_key", "recorded_at")
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

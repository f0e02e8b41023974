"""What is written down, in one place; every write is idempotent by what it was concluded from."""

from mailflow.store.cards import SavedCard, save_card
from mailflow.store.export import export_contact
from mailflow.store.interactions import (
    add_interaction,
    add_sent_interaction,
    note_decision,
    save_warmth,
    set_away,
    wake_contact,
)
from mailflow.store.messages import (
    Quarantined,
    Recorded,
    cursor,
    cursor_moved_at,
    move_cursor,
    quarantine,
    quarantined,
    record_message,
    release,
)
from mailflow.store.past import add_past_mail, move_past_cursor, past_cursor
from mailflow.store.people import (
    add_newcomer,
    add_outcome,
    add_promise,
    finish_promise,
    pause_all,
    update_contact,
)
from mailflow.store.pruning import is_prune_due, prune
from mailflow.store.receipts import add_receipt, add_trouble, close_receipt, open_receipts
from mailflow.store.rights import forget
from mailflow.store.suppressions import is_suppressed, suppress, unsuppress
from mailflow.store.warmths import save_warmths

__all__ = [
    "Quarantined",
    "Recorded",
    "SavedCard",
    "add_interaction",
    "add_newcomer",
    "add_outcome",
    "add_past_mail",
    "add_promise",
    "add_receipt",
    "add_sent_interaction",
    "add_trouble",
    "close_receipt",
    "cursor",
    "cursor_moved_at",
    "export_contact",
    "finish_promise",
    "forget",
    "is_prune_due",
    "is_suppressed",
    "move_cursor",
    "move_past_cursor",
    "note_decision",
    "open_receipts",
    "past_cursor",
    "pause_all",
    "prune",
    "quarantine",
    "quarantined",
    "record_message",
    "release",
    "save_card",
    "save_warmth",
    "save_warmths",
    "set_away",
    "suppress",
    "unsuppress",
    "update_contact",
    "wake_contact",
]

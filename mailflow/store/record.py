"""What is written down, in one place; every write is idempotent by what it was concluded from."""

from mailflow.store.acquainted import may_introduce, never_introduce, note_acquainted
from mailflow.store.addresses import confirm_address
from mailflow.store.archive import archive, contacts_in_turn
from mailflow.store.archive_loading import load_archive
from mailflow.store.brought import note_brought
from mailflow.store.cards import SavedCard, save_card
from mailflow.store.correcting import correct_address, correct_fields
from mailflow.store.export import export_contact
from mailflow.store.import_undo import undo_import
from mailflow.store.imports import take_in
from mailflow.store.interactions import (
    add_interaction,
    add_sent_interaction,
    note_decision,
    save_warmth,
    set_away,
    wake_contact,
)
from mailflow.store.introductions import add_introduction, save_introduction
from mailflow.store.joining import join_contacts
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
from mailflow.store.newcomers import add_newcomer_offers, decide_newcomer, put_off_newcomer
from mailflow.store.parting import part_contacts
from mailflow.store.past import add_past_mail, move_past_cursor, past_cursors
from mailflow.store.people import (
    add_newcomer,
    add_outcome,
    add_promise,
    finish_promise,
    note_written_to,
    pause_all,
    update_contact,
)
from mailflow.store.pictures import (
    begin_pictures,
    keep_pictures,
    next_pictures,
    put_off_pictures,
    release_pictures,
    wake_pictures,
)
from mailflow.store.pruning import is_prune_due, prune
from mailflow.store.receipts import (
    add_receipt,
    add_to_receipt,
    add_trouble,
    close_receipt,
    open_receipts,
)
from mailflow.store.rhythm import apply_tag_rules, steer_tag
from mailflow.store.rights import forget, forget_address
from mailflow.store.suggestions import add_suggestions, decide_suggestion
from mailflow.store.suppressions import allow, is_suppressed, suppress
from mailflow.store.taking_back import take_back
from mailflow.store.warmths import save_usual, save_warmths

__all__ = [
    "Quarantined",
    "Recorded",
    "SavedCard",
    "add_interaction",
    "add_introduction",
    "add_newcomer",
    "add_newcomer_offers",
    "add_outcome",
    "add_past_mail",
    "add_promise",
    "add_receipt",
    "add_sent_interaction",
    "add_suggestions",
    "add_to_receipt",
    "add_trouble",
    "allow",
    "apply_tag_rules",
    "archive",
    "begin_pictures",
    "close_receipt",
    "confirm_address",
    "contacts_in_turn",
    "correct_address",
    "correct_fields",
    "cursor",
    "cursor_moved_at",
    "decide_newcomer",
    "decide_suggestion",
    "export_contact",
    "finish_promise",
    "forget",
    "forget_address",
    "is_prune_due",
    "is_suppressed",
    "join_contacts",
    "keep_pictures",
    "load_archive",
    "may_introduce",
    "move_cursor",
    "move_past_cursor",
    "never_introduce",
    "next_pictures",
    "note_acquainted",
    "note_brought",
    "note_decision",
    "note_written_to",
    "open_receipts",
    "part_contacts",
    "past_cursors",
    "pause_all",
    "prune",
    "put_off_newcomer",
    "put_off_pictures",
    "quarantine",
    "quarantined",
    "record_message",
    "release",
    "release_pictures",
    "save_card",
    "save_introduction",
    "save_usual",
    "save_warmth",
    "save_warmths",
    "set_away",
    "steer_tag",
    "suppress",
    "take_back",
    "take_in",
    "undo_import",
    "update_contact",
    "wake_contact",
    "wake_pictures",
]

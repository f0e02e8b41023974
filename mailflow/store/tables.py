"""Every table, under one roof; the laws of the schema stand beside the columns they bind."""

from mailflow.store.columns import Base
from mailflow.store.mail_tables import (
    CursorEntry,
    MessageEntry,
    NewcomerEntry,
    OwnerEntry,
    QuarantineEntry,
    ReceiptEntry,
    SightingEntry,
    TroubleEntry,
)
from mailflow.store.past_tables import CorrespondentEntry, ExchangeEntry, PastCursorEntry
from mailflow.store.people_tables import (
    AddressEntry,
    CardEntry,
    ContactEntry,
    DecisionEntry,
    FieldEntry,
    InteractionEntry,
    OutcomeEntry,
    PromiseEntry,
    ScoreEntry,
    SuppressionEntry,
)
from mailflow.store.queue_tables import DraftEntry, LetterEntry, TokenEntry, TokenItemEntry

__all__ = [
    "AddressEntry",
    "Base",
    "CardEntry",
    "ContactEntry",
    "CorrespondentEntry",
    "CursorEntry",
    "DecisionEntry",
    "DraftEntry",
    "ExchangeEntry",
    "FieldEntry",
    "InteractionEntry",
    "LetterEntry",
    "MessageEntry",
    "NewcomerEntry",
    "OutcomeEntry",
    "OwnerEntry",
    "PastCursorEntry",
    "PromiseEntry",
    "QuarantineEntry",
    "ReceiptEntry",
    "ScoreEntry",
    "SightingEntry",
    "SuppressionEntry",
    "TokenEntry",
    "TokenItemEntry",
    "TroubleEntry",
]

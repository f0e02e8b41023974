"""Every table, under one roof; the laws of the schema stand beside the columns they bind."""

from mailflow.store.card_tables import ChangeEntry, PictureEntry
from mailflow.store.columns import Base
from mailflow.store.import_tables import ImportEntry, ImportRowEntry
from mailflow.store.introduction_tables import (
    AcquaintedEntry,
    IntroductionEntry,
    NeverEntry,
    SideEntry,
)
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
from mailflow.store.newcomer_tables import NewcomerOfferEntry
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
from mailflow.store.rhythm_tables import TagRuleEntry
from mailflow.store.suggestion_tables import BroughtEntry, SuggestionEntry

__all__ = [
    "AcquaintedEntry",
    "AddressEntry",
    "Base",
    "BroughtEntry",
    "CardEntry",
    "ChangeEntry",
    "ContactEntry",
    "CorrespondentEntry",
    "CursorEntry",
    "DecisionEntry",
    "DraftEntry",
    "ExchangeEntry",
    "FieldEntry",
    "ImportEntry",
    "ImportRowEntry",
    "InteractionEntry",
    "IntroductionEntry",
    "LetterEntry",
    "MessageEntry",
    "NeverEntry",
    "NewcomerEntry",
    "NewcomerOfferEntry",
    "OutcomeEntry",
    "OwnerEntry",
    "PastCursorEntry",
    "PictureEntry",
    "PromiseEntry",
    "QuarantineEntry",
    "ReceiptEntry",
    "ScoreEntry",
    "SideEntry",
    "SightingEntry",
    "SuggestionEntry",
    "SuppressionEntry",
    "TagRuleEntry",
    "TokenEntry",
    "TokenItemEntry",
    "TroubleEntry",
]

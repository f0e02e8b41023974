"""What the stages are told, in one place: reads that give frozen values."""

from mailflow.store.acquainted import acquainted, is_never_introduced, nevers_of
from mailflow.store.addresses import unconfirmed
from mailflow.store.brought import bringers, brought_with
from mailflow.store.changes import last_approval, last_changes
from mailflow.store.contacts import (
    contact,
    contact_by_address,
    contacts,
    find_contacts,
    focus_size,
)
from mailflow.store.correcting import has_written_to
from mailflow.store.correspondents import acquaintances, correspondents
from mailflow.store.due import (
    began_at,
    contact_facts,
    due_contacts,
    due_drafts,
    paused_until,
    summaries,
    traffic,
)
from mailflow.store.erasing import erasure_asked
from mailflow.store.history import (
    Decision,
    decisions,
    draft,
    drafts,
    drafts_of,
    interactions,
    stale,
)
from mailflow.store.imports import imports
from mailflow.store.introductions import (
    drafts_in_introduction,
    due_introductions,
    introduction,
    introductions,
    introductions_between,
    introductions_of,
)
from mailflow.store.messages import last_texts
from mailflow.store.namesakes import namesakes
from mailflow.store.newcomers import (
    acquaintances_to_offer,
    mail_of_newcomer,
    newcomers_under,
)
from mailflow.store.parting import keeps_together
from mailflow.store.pictures import has_pictures
from mailflow.store.readings import doubted
from mailflow.store.rhythm import focused, quiet_ties
from mailflow.store.suggestions import candidates, suggestions_under, ties_between
from mailflow.store.suppressions import Listed, listed
from mailflow.store.taking_back import in_the_way
from mailflow.store.threads import (
    known,
    last_subjects,
    sent_by_message_id,
    sent_ids,
)
from mailflow.store.warmths import histories, measured, spans_of_contacts, usual
from mailflow.store.weekly import new_people, summary_facts

__all__ = [
    "Decision",
    "Listed",
    "acquaintances",
    "acquaintances_to_offer",
    "acquainted",
    "began_at",
    "bringers",
    "brought_with",
    "candidates",
    "contact",
    "contact_by_address",
    "contact_facts",
    "contacts",
    "correspondents",
    "decisions",
    "doubted",
    "draft",
    "drafts",
    "drafts_in_introduction",
    "drafts_of",
    "due_contacts",
    "due_drafts",
    "due_introductions",
    "erasure_asked",
    "find_contacts",
    "focus_size",
    "focused",
    "has_pictures",
    "has_written_to",
    "histories",
    "imports",
    "in_the_way",
    "interactions",
    "introduction",
    "introductions",
    "introductions_between",
    "introductions_of",
    "is_never_introduced",
    "keeps_together",
    "known",
    "last_approval",
    "last_changes",
    "last_subjects",
    "last_texts",
    "listed",
    "mail_of_newcomer",
    "measured",
    "namesakes",
    "nevers_of",
    "new_people",
    "newcomers_under",
    "paused_until",
    "quiet_ties",
    "sent_by_message_id",
    "sent_ids",
    "spans_of_contacts",
    "stale",
    "suggestions_under",
    "summaries",
    "summary_facts",
    "ties_between",
    "traffic",
    "unconfirmed",
    "usual",
]

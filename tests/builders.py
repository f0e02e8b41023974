"""Ready-made values for tests: say only what matters to the test, the rest is plausible."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.model.address import Address
from mailflow.model.contact import Contact, Tier
from mailflow.model.draft import Draft, DraftState, Purpose
from mailflow.model.facts import ContactFacts, DraftFacts, Facts, SentFact, Settled
from mailflow.model.policy import Identity

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
"""A Wednesday morning: 10:30 in Berlin."""

BERLIN = ZoneInfo("Europe/Berlin")


def an_identity(**fields: Any) -> Identity:
    """Ada, who lives in Berlin."""
    return Identity(**{
        "name": "Ada Byron",
        "addresses": (Address.parse("ada@example.org"),),
        "service": Address.parse("ada+mailflow@example.org"),
        "zone": BERLIN,
        **fields,
    })  # fmt: skip


def a_contact(**fields: Any) -> Contact:
    """Jane, met at PyCon a moment ago. `address` is short for a single address."""
    address = fields.pop("address", "jane@acme.io")
    return Contact(**{
        "id": 1,
        "name": "Jane Roe",
        "given": "Jane",
        "family": "Roe",
        "title": "CTO",
        "org": "Acme",
        "addresses": (Address.parse(address),) if address else (),
        "created_at": NOW - timedelta(minutes=1),
        "event": "PyCon",
        "form": "line",
        "tier": Tier.KEY,
        **fields,
    })  # fmt: skip


def a_draft(**fields: Any) -> Draft:
    """A follow-up to Jane, shown to the owner an hour ago. `to` may be a plain string."""
    to = fields.pop("to", "jane@acme.io")
    return Draft(**{
        "id": 7,
        "contact_id": 1,
        "purpose": Purpose.FOLLOW_UP,
        "state": DraftState.AWAITING_APPROVAL,
        "version": 1,
        "to": Address.parse(to) if isinstance(to, str) else to,
        "to_name": "Jane Roe",
        "subject": "Good to meet you at PyCon",
        "body": "Hi Jane,\n\nit was good to meet you.\n\nAda",
        "created_at": NOW - timedelta(hours=1),
        "due_at": NOW + timedelta(days=7, hours=-1),
        **fields,
    })  # fmt: skip


def an_approved_draft(**fields: Any) -> Draft:
    """The same, approved ten minutes ago."""
    at = fields.pop("approved_at", NOW - timedelta(minutes=10))
    return a_draft(**{"state": DraftState.APPROVED, "approved_at": at, "due_at": at, **fields})


def contact_facts(contact: Contact | None = None, **fields: Any) -> ContactFacts:
    """Jane with nothing having happened yet."""
    return ContactFacts(**{"contact": contact or a_contact(), **fields})


def draft_facts(draft: Draft | None = None, **fields: Any) -> DraftFacts:
    """A draft to Jane, who sits in Berlin, with nothing having come between."""
    return DraftFacts(**{"draft": draft or a_draft(), "contact": a_contact(), **fields})


def facts(**fields: Any) -> Facts:
    """One tick's facts, in the first week, when no summary is due."""
    return Facts(**{"is_first_week": True, **fields})


def a_sent(purpose: Purpose | None, at: datetime, **fields: Any) -> SentFact:
    """A mail that went to Jane."""
    return SentFact(**{
        "sent_at": at,
        "message_id": f"<{at:%Y%m%d%H%M%S}@example.org>",
        "subject": "Good to meet you at PyCon",
        "purpose": purpose,
        **fields,
    })  # fmt: skip


def a_settled(purpose: Purpose, state: DraftState, at: datetime) -> Settled:
    """A draft that came to its end."""
    return Settled(purpose, state, at)

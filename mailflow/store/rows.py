"""From rows to nouns and back."""

from base64 import b64decode
from collections.abc import Iterable
from datetime import timedelta

from mailflow.model.actions import Guard
from mailflow.model.address import Address
from mailflow.model.card import Phone
from mailflow.model.contact import Band, Contact, Warmth
from mailflow.model.draft import Draft
from mailflow.model.interaction import Interaction
from mailflow.model.letter import Letter
from mailflow.store.columns import Json
from mailflow.store.tables import (
    AddressEntry,
    ContactEntry,
    DraftEntry,
    InteractionEntry,
    LetterEntry,
)


def contact_of(row: ContactEntry, addresses: Iterable[AddressEntry]) -> Contact:
    """A contact with the addresses that belong to it, the first one first."""
    offset = row.utc_offset
    return Contact(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        given=row.given,
        family=row.family,
        title=row.title,
        org=row.org,
        addresses=tuple(
            Address(each.key, each.written)
            for each in sorted(addresses, key=lambda each: (each.position, each.id))
        ),
        phones=tuple(Phone(**phone) for phone in row.phones),
        urls=row.urls,
        postal=row.postal,
        tier=row.tier,
        every_days=row.every_days,
        paused_until=row.paused_until,
        is_focus=row.is_focus,
        is_scored=row.is_scored,
        own_band=row.own_band,
        event=row.event,
        tags=row.tags,
        met_on=row.met_on,
        notes=row.notes,
        wants=row.wants,
        offers=row.offers,
        promised=row.promised,
        through=row.through,
        form=row.form,
        doubts=row.doubts,
        utc_offset=None if offset is None else timedelta(seconds=offset),
        language=row.language or "",
        warmth=warmth_of(row.warmth),
    )


def draft_of(row: DraftEntry) -> Draft:
    """A draft as the stages know it."""
    return Draft(
        id=row.id,
        contact_id=row.contact_id,
        purpose=row.purpose,
        state=row.state,
        version=row.version,
        to=Address(row.to_key, row.to_written),
        to_name=row.to_name,
        subject=row.subject,
        body=row.body,
        created_at=row.created_at,
        due_at=row.due_at,
        reason=row.reason,
        lint=row.lint,
        message_id=row.message_id,
        in_reply_to=row.in_reply_to,
        references=row.references,
        approved_at=row.approved_at,
        sending_at=row.sending_at,
        sent_at=row.sent_at,
        filed_at=row.filed_at,
        attempts=row.attempts,
        failure=row.failure,
        account=row.account,
        held_because=row.held_because,
        introduction_id=row.introduction_id,
        second_contact_id=row.second_contact_id,
        second_to=_address(row.second_key, row.second_written),
        second_name=row.second_name or "",
    )


def _address(key: str | None, written: str | None) -> Address | None:
    return None if key is None or written is None else Address(key, written)


def letter_of(row: LetterEntry) -> Letter:
    """A letter as the stages know it."""
    return Letter(
        id=row.id,
        kind=row.kind,
        state=row.state,
        subject=row.subject,
        body=row.body,
        created_at=row.created_at,
        html=row.html,
        token_id=row.token_id,
        in_reply_to=row.in_reply_to,
        references=row.references,
        period=row.period,
        attempts=row.attempts,
        due_at=row.due_at,
        message_id=row.message_id,
        pictures=tuple((name, b64decode(data)) for name, data in (row.pictures or {}).items()),
    )


def interaction_of(row: InteractionEntry) -> Interaction:
    """An exchange as the stages know it."""
    return Interaction(
        contact_id=row.contact_id,
        direction=row.direction,
        deed=row.deed,
        at=row.at,
        source=row.source,
        people=row.people,
        text=row.text,
        answers_at=row.answers_at,
        is_weak=row.is_weak,
    )


def warmth_of(kept: Json | None) -> Warmth | None:
    """The warmth that `warmth_kept` put away."""
    if kept is None:
        return None
    return Warmth(
        score=kept["score"],
        band=Band(kept["band"]),
        reason=kept["reason"],
        writes_in_90d=kept["writes_in_90d"],
        answers_in_14d=kept["answers_in_14d"],
        parts=tuple((name, value) for name, value in kept["parts"]),
        trend=kept.get("trend"),
        once=kept.get("once", 0),
    )


def warmth_kept(warmth: Warmth) -> Json:
    """A warmth as it is put away."""
    return {
        "score": warmth.score,
        "band": warmth.band.value,
        "reason": warmth.reason,
        "writes_in_90d": warmth.writes_in_90d,
        "answers_in_14d": warmth.answers_in_14d,
        "parts": [[name, value] for name, value in warmth.parts],
        "trend": warmth.trend,
        "once": warmth.once,
    }


def phone_kept(phone: Phone) -> Json:
    """A phone number as it is put away."""
    return {
        "e164": phone.e164,
        "written": phone.written,
        "kind": phone.kind,
        "source": phone.source,
    }


def guard_of(kept: Json) -> Guard:
    """The guard that `guard_kept` put away."""
    return Guard(kept["name"], kept["hit"], kept["reason"])


def guard_kept(guard: Guard) -> Json:
    """A guard as it is put away."""
    return {"name": guard.name, "hit": guard.hit, "reason": guard.reason}

"""What is written about an introduction: drafts to its sides, questions and news to the owner."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mailflow.drafting import letters
from mailflow.drafting.introduction_letters import introduction_question
from mailflow.drafting.introductions import Pair, both_values, doubts, side_values, told_too_early
from mailflow.drafting.lint import lint
from mailflow.drafting.values import bare_subject
from mailflow.model.contact import Contact
from mailflow.model.draft import Draft, Purpose
from mailflow.model.introduction import Introduction
from mailflow.model.introduction_events import AskOwner, WriteIntroductionDraft
from mailflow.model.letter import LetterKind
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from mailflow.store.queue import OfIntroduction
from mailflow.tick.house import House
from mailflow.tick.mint import mint_token

QUESTION = "introduction "
"""What the token of such a question is for; the introduction's number, the matter and the contact
(0: the pair) follow."""

People = Mapping[int, Contact]


def write_draft(
    s: Session,
    house: House,
    introduction: Introduction,
    people: People,
    action: WriteIntroductionDraft,
    now: datetime,
) -> None:
    """Write one mail of the introduction, to be shown like any draft."""
    to = people[action.contact_id]
    if to.address is None:
        return
    pair, side = pair_of(introduction, people), introduction.side(to.id)
    is_for_both = action.purpose is Purpose.INTRODUCTION
    values = (
        both_values(pair, house.identity)
        if is_for_both
        else side_values(
            pair, to.id, house.identity, situation=action.situation, now=now, text=action.text,
            sent=facts.last_subjects(s, house.owner_id, to.id),
        )
    )  # fmt: skip
    rendered = house.templates.render(action.situation, values, variant=introduction.id)
    thread = side.thread_id if action.in_thread else None
    subject = f"Re: {bare_subject(side.thread_subject)}" if thread else rendered.subject
    draft_id = queue.add_draft(
        s,
        house.owner_id,
        contact_id=to.id,
        purpose=action.purpose,
        to=to.address,
        to_name=to.name,
        subject=subject,
        body=rendered.body,
        lint=doubts_about(house, pair, to, action.purpose, subject, rendered.body),
        reason=action.reason,
        in_reply_to=thread,
        references=(thread,) if thread else (),
        account=house.main,
        due_at=action.send_by,
        now=now,
        introduction=_belonging(introduction, people, to, is_for_both=is_for_both),
    )
    said = action.reason if draft_id is not None else "such a draft is already waiting"
    record.note_decision(s, house.owner_id, to.id, f"draft {action.purpose}", said, (), now)


def _belonging(
    introduction: Introduction, people: People, to: Contact, *, is_for_both: bool
) -> OfIntroduction:
    if not is_for_both:
        return OfIntroduction(introduction.id)
    second = people[introduction.other(to.id).contact_id]
    return OfIntroduction(introduction.id, second.id, second.address, second.name)


def people_of(s: Session, house: House, introduction: Introduction) -> People:
    """The two contacts by number."""
    ids = [side.contact_id for side in introduction.sides]
    return {each.id: each for each in facts.contacts(s, house.owner_id, ids)}


def pair_of(introduction: Introduction, people: People) -> Pair:
    """The introduction with its two contacts, in its own order."""
    first, second = (people[side.contact_id] for side in introduction.sides)
    return Pair(introduction, first, second)


def doubts_of(s: Session, house: House, draft: Draft, body: str) -> tuple[str, ...] | None:
    """The doubts about the owner's own text for a mail of an introduction, which must tell no more
    than the first text did; None for a draft of none."""
    pair = _pair_of_draft(s, house, draft)
    if pair is None:
        return None
    to = pair.seen_from(draft.contact_id)[1]
    return doubts_about(house, pair, to, draft.purpose, draft.subject, body)


def tells_too_early(s: Session, house: House, draft: Draft, body: str) -> str:
    """What the owner's own text tells one side of the other before both agreed; empty for nothing,
    and for drafts of no introduction."""
    pair = _pair_of_draft(s, house, draft)
    if pair is None or draft.purpose is Purpose.INTRODUCTION:
        return ""
    return told_too_early(draft.subject, body, pair, draft.contact_id)


def _pair_of_draft(s: Session, house: House, draft: Draft) -> Pair | None:
    if draft.introduction_id is None or draft.introduction_id < 0:
        return None
    introduction = facts.introduction(s, house.owner_id, draft.introduction_id)
    return pair_of(introduction, people_of(s, house, introduction))


def doubts_about(
    house: House, pair: Pair, to: Contact, purpose: Purpose, subject: str, body: str
) -> tuple[str, ...]:
    """What to look at before saying ok; the mail to both may tell all of both."""
    policy = house.policy
    if purpose is not Purpose.INTRODUCTION:
        return doubts(subject, body, pair, to.id, max_questions=policy.max_questions)
    return lint(subject, body, to, max_words=policy.max_words, max_questions=policy.max_questions)


def ask_owner(
    s: Session,
    house: House,
    introduction: Introduction,
    people: People,
    action: AskOwner,
    now: datetime,
) -> None:
    """A question to the owner, whose answer carries the token."""
    whom = None if action.contact_id is None else people[action.contact_id].label
    if action.contact_id is not None:  # somebody may be asked about two at once
        other = people[introduction.other(action.contact_id).contact_id].label
        action = replace(action, text=f"{action.text} I had asked about meeting {other}.")
    values = introduction_question(action, whom or names_of(introduction, people), house.identity)
    rendered = house.templates.render("introduction_question", values)
    contact_id = action.contact_id or introduction.first.contact_id
    purpose = f"{QUESTION}{introduction.id} {action.matter} {action.contact_id or 0}"
    token_id = mint_token(s, house, purpose, [(1, None, 1)], now, contact_id=contact_id)
    queue.add_letter(
        s, house.owner_id, kind=LetterKind.QUESTION, subject=rendered.subject,
        body=rendered.body, html=rendered.html, token_id=token_id, now=now,
    )  # fmt: skip


def tell_owner(
    s: Session, house: House, introduction: Introduction, people: People, text: str, now: datetime
) -> None:
    """News of an introduction; nothing to decide."""
    title = f"About the introduction of {names_of(introduction, people)}"
    rendered = house.templates.render("notice", letters.notice(title, (text,), house.identity))
    queue.add_letter(
        s, house.owner_id, kind=LetterKind.NOTICE, subject=rendered.subject,
        body=rendered.body, html=rendered.html, now=now,
    )  # fmt: skip


def names_of(introduction: Introduction, people: People) -> str:
    """Both as the owner knows them, whoever is asked first in front."""
    return " and ".join(people[side.contact_id].label for side in introduction.sides)

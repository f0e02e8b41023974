"""What the letters to the owner say: each builder turns nouns into the values of one template."""

from collections.abc import Sequence
from datetime import datetime

from mailflow.drafting.spelled import spelled
from mailflow.model.contact import Contact
from mailflow.model.draft import OF_INTRODUCTIONS, Draft
from mailflow.model.letter import Line, ReceiptItem
from mailflow.model.policy import Identity
from mailflow.model.text import printable

Values = dict[str, object]

MAX_SHOWN = 12
"""Lines of a list that one letter shows before it says how many are left."""


def receipt(
    items: Sequence[ReceiptItem],
    identity: Identity,
    *,
    lines: Sequence[Line] = (),
) -> Values:
    """For `receipt`: who was understood from the owner's mail, the drafts beneath, and `lines`
    about what else the mail asked."""
    people = [{**person_values(item, identity), "of_several": len(items) > 1} for item in items]
    return {
        **_framing(identity),
        "people": people,
        "lines": [line_values(line) for line in lines],
        "drafts": [person["draft"] for person in people if person["draft"]],
        "title": _receipt_title(items),
        "several": len(items) > 1,
        "is_correctable": not all(person["is_brief"] for person in people),
    }


def approval_request(
    items: Sequence[ReceiptItem], identity: Identity, *, reason: str = ""
) -> Values:
    """For `approval_request`: one draft or several, each with its number, and why now."""
    people = [person_values(item, identity) for item in items]
    return {
        **_framing(identity),
        "people": people,
        "drafts": [person["draft"] for person in people if person["draft"]],
        "reason": printable(reason),
        "title": _approval_title(items),
    }


def transcript(lines: Sequence[Line], identity: Identity) -> Values:
    """For `transcript`: each line of the owner's, what was done, what not and why."""
    failed = sum(1 for line in lines if not line.is_done)
    return {
        **_framing(identity),
        "lines": [line_values(line) for line in lines],
        "failed": failed,
        "done": len(lines) - failed,
    }


def notice(title: str, paragraphs: Sequence[str], identity: Identity) -> Values:
    """For `notice`: something the owner should know now."""
    return {
        **_framing(identity),
        "title": printable(title),
        "paragraphs": [printable(each, 1000) for each in paragraphs if each.strip()],
    }


def question(draft: Draft, contact: Contact, identity: Identity) -> Values:
    """For `question`: a mail of which nobody can tell whether it went out."""
    at = draft.sending_at
    return {
        **_framing(identity),
        "draft": draft_values(draft, None),
        "name": printable(contact.label),
        "at": local_time(at, identity) if at else "",
        "failure": printable(draft.failure),
    }


def help_values(identity: Identity) -> Values:
    """For `help`: nothing but who is asking."""
    return _framing(identity)


def person_values(item: ReceiptItem, identity: Identity) -> Values:
    """One person as a small block: a headline, facts, doubts, and the draft."""
    contact = item.contact
    role = " at ".join(part for part in (printable(contact.title), printable(contact.org)) if part)
    return {
        "name": printable(contact.label),
        "role": role,
        "facts": [fact for fact in _facts(contact) if fact],
        "doubts": [printable(doubt) for doubt in item.doubts],
        "marks": [
            {
                "field": mark.field,
                "value": printable(mark.value, 120),
                "doubt": printable(mark.doubt),
            }
            for mark in item.marks
        ],
        "unseen": [
            {
                "address": printable(each.address, 320),
                "spelled": spelled(each.address),
                "doubt": printable(each.doubt),
                "picture": each.picture,
            }
            for each in item.unseen
        ],
        "place": item.place,
        "problems": [printable(problem) for problem in item.problems],
        "waiting": printable(item.waiting),
        "number": item.number,
        "draft": draft_values(item.draft, item.number) if item.draft else None,
        "is_brief": _is_brief(item),
    }


def _is_brief(item: ReceiptItem) -> bool:
    """Whether the draft alone is worth showing: the owner named this person, and knows them."""
    is_about_two = item.draft is not None and item.draft.purpose in OF_INTRODUCTIONS
    return is_about_two and not (item.doubts or item.marks or item.unseen or item.problems)


def draft_values(draft: Draft, number: int | None) -> Values:
    """A draft word for word: `text` is exactly what would be sent, `text_lines` the same in
    lines."""
    text = draft.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    name = printable(draft.to_name)
    return {
        "number": number,
        "to": ", ".join(_recipients(draft)),
        "to_name": name or str(draft.to),
        "subject": printable(draft.subject, 998),
        "text": text,
        "text_lines": text.split("\n"),
        "lint": [printable(doubt) for doubt in draft.lint],
        "reason": printable(draft.reason),
        "is_edited": draft.version > 1,
    }


def _recipients(draft: Draft) -> list[str]:
    """Everybody it goes to, by name and address."""
    names = (printable(draft.to_name), printable(draft.second_name))
    return [
        f"{name} <{address}>" if name else str(address)
        for name, address in zip(names, draft.recipients, strict=False)
    ]


def line_values(line: Line) -> Values:
    """A line of a transcript."""
    said = [printable(part, 1000) for part in line.said.splitlines()]
    return {
        "text": printable(line.text, 200),
        "said": said[0] if said else "",
        "more": [part for part in said[1:] if part],
        "is_done": line.is_done,
    }


def local_time(at: datetime, identity: Identity) -> str:
    """An instant as the owner's clock shows it: "Wed 18 Nov, 10:30"."""
    return f"{at.astimezone(identity.zone):%a %-d %b, %H:%M}"


def _facts(contact: Contact) -> list[str]:
    """What was understood, a line for each thing there is."""
    addresses = ", ".join(str(address) for address in contact.addresses[:3])
    phones = ", ".join(printable(phone.written, 40) for phone in contact.phones[:2])
    where = f"Where: {printable(contact.event)}" if contact.event else ""
    tags = " ".join(f"#{printable(tag, 40)}" for tag in contact.tags[:8])
    tags = f"Tags: {tags}" if tags else ""
    told = (
        ("Wants", contact.wants), ("Offers", contact.offers), ("You promised", contact.promised),
        ("Through", contact.through), ("Your note", contact.notes),
    )  # fmt: skip
    return [
        f"By mail: {addresses}" if addresses else "By mail: no address known yet",
        f"By phone: {phones}" if phones else "",
        " · ".join(part for part in (where, tags) if part),
        *(f"{label}: {printable(text, 160)}" for label, text in told if printable(text)),
    ]


def _framing(identity: Identity) -> Values:
    return {"owner_first": (printable(identity.name).split() or [""])[0]}


def _receipt_title(items: Sequence[ReceiptItem]) -> str:
    ready = sum(1 for item in items if item.draft)
    names = _names(items)
    if not names:
        return "What became of your mail"
    if ready == 0:
        return f"Noted: {names}"
    return f"Ready for you: {'a mail' if ready == 1 else f'{ready} mails'} to {names}"


def _approval_title(items: Sequence[ReceiptItem]) -> str:
    drafts = [item.draft for item in items if item.draft]
    if len(items) == 1 and drafts:
        return f"May this go out? {_names(items)}: {printable(drafts[0].subject, 80)}"
    return f"May these go out? {_names(items)}"


def _names(items: Sequence[ReceiptItem]) -> str:
    names = [printable(item.contact.label, 60) for item in items]
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]}, {names[1]} and {len(names) - 2} more"

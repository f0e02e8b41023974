"""One typed line about a person: `met NAME <ADDRESS>, TITLE at COMPANY @EVENT #tag: notes`."""

from dataclasses import dataclass, field, replace
from datetime import date

from mailflow.model.address import Address
from mailflow.model.card import Card, Phone, Reading
from mailflow.model.command import Unclear
from mailflow.model.text import folded, printable
from mailflow.reading.cards import judge, person, phones, roles, said, through, work
from mailflow.reading.cards.line_form import (
    THEY_ARE,
    cut_word,
    straightened,
    without,
    without_lead,
)
from mailflow.reading.cards.past_day import DATED, without_date
from mailflow.reading.cards.pieces import IN_NUMBER, MIN_DIGITS
from mailflow.reading.names import bare

MAX_LINE = 4000
USAGE = "met NAME <ADDRESS>, TITLE at COMPANY @EVENT #tag: notes; wants …; offers …; promised …"
SOURCE = "your line"
SEPARATORS = frozenset([",", "-", "–", "—", "|", "•", "/"])


@dataclass(slots=True)
class _Draft:
    """What was taken from the line so far."""

    emails: list[Address] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    event: str = ""
    tags: list[str] = field(default_factory=list)
    met_on: date | None = None
    numbers: list[str] = field(default_factory=list)


def read(line: str, *, today: date) -> Card | Unclear:
    """The person in the line, in any usual order and with commas missing; Unclear without an
    address. `today` is the owner's day, from which "yesterday" and "last Tue" are counted back."""
    text = straightened(without_lead(printable(line, MAX_LINE)))
    head, notes = _cut_notes(text)
    head, by = through.cut(head)
    draft = _Draft()
    _take_head(head, draft)
    if not draft.emails:
        return Unclear(printable(line), f"There is no mail address in it. Write “{USAGE}”.")
    if len(draft.emails) > 1 and any(" and " in p or " & " in p for p in draft.before[:1]):
        return Unclear(printable(line), f"One person a line, please. Write “{USAGE}”.")
    _take_dates(draft, today)
    card = _described(draft)
    by, notes = _noted(by, notes)
    noted = said.parted([*(p for p in draft.pieces if said.kind(p)), *notes.split(";")])
    return replace(
        card,
        event=draft.event or card.event,
        tags=tuple(dict.fromkeys(draft.tags)),
        met_on=draft.met_on,
        through=by.who,
        through_address=by.address,
        form="line",
        notes=noted.notes,
        wants=noted.wants,
        offers=noted.offers,
        promised=noted.promised,
    )


def marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The `@EVENT` and the `#tag`s of a text; for a note that stands beside cards."""
    draft = _Draft()
    for line in text.splitlines()[:200]:
        head = printable(line, MAX_LINE).partition(": ")[0]
        if "@" in head or "#" in head:
            _take_head(head, draft, is_note=True)
    return draft.event, tuple(dict.fromkeys(draft.tags))


def marked(card: Card, event: str, tags: tuple[str, ...]) -> Card:
    """The card with an event, where it names none of its own, and with tags added."""
    both = tuple(dict.fromkeys((*card.tags, *tags)))
    return replace(card, event=card.event or event, tags=both)


def _cut_notes(text: str) -> tuple[str, str]:
    """Cut at the first colon outside brackets that ends a word and opens no URL or time."""
    inside = False
    for at, character in enumerate(text):
        inside = character == "<" or (inside and character != ">")
        if character == ":" and not inside and text[at + 1 : at + 2] in {"", " "}:
            return text[:at], text[at + 1 :].strip()
        if character == ";" and not inside:
            return text[:at], text[at + 1 :].strip()
    return text, ""


def _noted(by: through.Through, notes: str) -> tuple[through.Through, str]:
    """By whom they came, when a note says so and the line did not; the note then goes."""
    pieces = [piece.strip() for piece in notes.split(";")]
    found = [through.noted(piece) for piece in pieces]
    if by.who or not any(each.who for each in found):
        return by, notes
    kept = [piece for piece, each in zip(pieces, found, strict=True) if not each.who]
    return next(each for each in found if each.who), "; ".join(kept)


def _take_head(head: str, draft: _Draft, *, is_note: bool = False) -> None:
    """One pass over the words: addresses, tags and the event out, the rest into comma pieces.

    An event before the address ends with its first word and year: the name comes next.
    """
    words = head.replace("<", " <").replace(">", "> ").replace(",", " , ").split()
    words = _without_numbers(words, draft)
    piece: list[str] = []
    in_event = False
    for word in words:
        address = bare(word) if "@" in word[1:] else None
        if word in SEPARATORS:
            in_event = False
            draft.pieces.append(" ".join(piece))
            piece = []
        elif address is not None:
            in_event = False
            if not draft.emails:
                draft.before = [p for p in (*draft.pieces, " ".join(piece)) if p]
                draft.pieces, piece = [], []
            draft.emails.append(address)
        elif word.startswith("#") and len(word) > 1:
            in_event = False
            draft.tags.append(printable(word.strip("#.,;:!"), 40).lower())
        elif word.startswith("@") and len(word) > 1:
            in_event = True
            draft.event = word[1:].strip('."“”')
        elif in_event and (draft.emails or is_note or word[0].isdigit()) and _is_of_event(word):
            draft.event += f" {word}"
        else:
            in_event = False
            piece.append(word)
    draft.pieces.append(" ".join(piece))
    draft.pieces = [p for p in draft.pieces if p]


def _without_numbers(words: list[str], draft: _Draft) -> list[str]:
    """Take out phone numbers: runs of digits that begin with +, 0 or a bracket."""
    kept: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word and not run and word[0] not in "+0(":
            kept.append(word)
        elif word and set(word) <= IN_NUMBER:
            run.append(word)
        else:
            is_number = sum(c.isdigit() for w in run for c in w) >= MIN_DIGITS
            draft.numbers += [" ".join(run)] if is_number else []
            kept += [] if is_number else run
            run = []
            kept += [word] if word else []
    return kept


def _is_of_event(word: str) -> bool:
    return (word[0].isupper() or word[0].isdigit()) and folded(word) not in DATED


def _take_dates(draft: _Draft, today: date) -> None:
    """ "yesterday", "last Tue", "on 3 May" at the end of any piece, the event included."""
    for pieces in (draft.before, draft.pieces):
        for at, piece in enumerate(pieces):
            pieces[at], on = without_date(piece, today)
            draft.met_on = draft.met_on or on
        pieces[:] = [p for p in pieces if p]
    draft.event, on = without_date(draft.event, today)
    draft.met_on = draft.met_on or on


def _described(draft: _Draft) -> Card:
    """Name, title and company out of the pieces around the address."""
    address = draft.emails[0]
    name, others = _name_first(draft.before, address)
    pieces = [*others, *draft.pieces]
    if not name and pieces and not any(at in f" {pieces[0]} " for at in work.AT):
        name, pieces = pieces[0], pieces[1:]
    told = [
        without(piece, THEY_ARE)
        for piece in pieces
        if said.kind(piece) is None and not all(map(person.is_suffix, piece.split()))
    ]
    title, org, event = work.read(told, address)
    for joint in (" from ", " of ", " at "):
        head, _, org_of_name = cut_word(name, joint)
        if org_of_name and (joint == " from " or judge.fits(org_of_name, address.domain)):
            name, org = head, org or org_of_name
        elif org_of_name and joint == " at ":
            name, event = head, event or org_of_name
    reading = _name(name, address)
    given, family = person.split(reading.value) if reading else ("", "")
    return Card(
        name=reading, given=given, family=family,
        title=Reading(title, source=SOURCE) if title else None,
        org=Reading(org, source=SOURCE) if org else None,
        emails=tuple(roles.reading(a, SOURCE) for a in dict.fromkeys(draft.emails)),
        phones=_phones(draft, address), event=event,
    )  # fmt: skip


def _name_first(before: list[str], address: Address) -> tuple[str, list[str]]:
    """The name and what else stands before the address; `ROE, Jane` is one name."""
    match before:
        case [family, given] if " " not in family and person.agreement(given, address) > 0.5:
            return f"{family}, {given}", []
        case [name, *others]:
            return name, others
    return "", []


def _phones(draft: _Draft, address: Address) -> tuple[Phone, ...]:
    region = phones.region([], [address.domain], draft.numbers, "")
    told = (phones.phone(n, region, source=SOURCE, is_told=True) for n in draft.numbers)
    return tuple(phone for phone in told if phone is not None)


def _name(text: str, address: Address) -> Reading | None:
    name = person.straight(text)
    if name and any(c.isalpha() for c in name):
        return Reading(name, source=SOURCE)
    guess = person.from_local_part(address)
    if not guess:
        return None
    doubt = f"I took the name “{guess}” from the address; write “name: …” if it is another."
    return Reading(guess, 0.6, "the address", doubt)

"""What the owner should look at before saying ok: each doubt about a text is one sentence."""

import re
from collections.abc import Sequence

from mailflow.model.contact import Band, Contact
from mailflow.model.text import folded

OFFERS = (
    "help", "happy to", "glad to", "gladly", "put you in touch", "introduce", "send you",
    "share", "of use", "useful", "if i can", "promised", "i can do for you", "keep you in mind",
    "keep an eye", "ask around", "lend a hand", "hier ist", "helfen", "gerne", "aider",
)  # fmt: skip
"""Words by which a mail gives something; one is enough."""

ASKS = (
    "could you", "can you", "would you mind", "would you be able", "would you introduce",
    "please send", "please introduce", "please share", "i need your", "do me a favour",
    "do me a favor", "i would like to ask you", "may i ask", "can i ask you", "pick your brain",
    "would you have time", "do you have time", "könnten sie", "kannst du", "könntest du",
    "pourriez-vous", "peux-tu",
)  # fmt: skip
"""Words by which a mail wants something for the owner."""

PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{%|\[[A-Za-z][^\]\n]{0,40}\](?!\()|<[A-Z][A-Z _]{1,30}>|XXX|TODO"
)
LEAK_WORDS = 4
"""So many words in a row from the private notes are taken for a leak."""

GREETING = re.compile(
    r"^(?:hi|hello|dear|hallo|liebe|lieber|bonjour|salut)[ \t]*[,!.]", re.I | re.M
)


def lint(
    subject: str,
    body: str,
    contact: Contact,
    *,
    is_first: bool = False,
    owes: bool = False,
    max_words: int = 125,
    max_questions: int = 2,
    other_notes: Sequence[str] = (),
) -> tuple[str, ...]:
    """The doubts about a text to this contact, in the order of their weight; empty when there are
    none.

    `is_first` for a first mail, `owes` when the owner received the last favour; `other_notes` are
    private notes about other people that must not appear either.
    """
    words = len(own_words(body))
    questions = body.count("?")
    asks = asks_in(body)
    found = [
        *leaks(f"{subject}\n{body}", (contact.notes, *other_notes)),
        *_name_doubts(contact),
    ]
    if PLACEHOLDER.search(f"{subject}\n{body}"):
        found.append("A placeholder seems to be left in the text.")
    if GREETING.search(body):
        found.append("The greeting has no name.")
    if not subject.strip():
        found.append("There is no subject.")
    if words > max_words:
        found.append(f"It has {words} words; up to {max_words} are read more gladly.")
    if questions > max_questions:
        found.append(f"It asks {questions} questions; one is answered most often.")
    if len(asks) > 1:
        found.append(f"It asks for two things (“{asks[0]}”, “{asks[1]}”); one is enough.")
    if asks and is_cold(contact):
        found.append(f"It asks a favour (“{asks[0]}”), and you two are not warm yet.")
    elif asks and owes:
        found.append(f"It asks a favour (“{asks[0]}”), and the last one was theirs.")
    if is_first and not gives(body):
        found.append("A first mail without an offer: what could you do for them?")
    return tuple(found)


def own_words(body: str) -> list[str]:
    """The words of the text, without quoted lines."""
    lines = (line for line in body.splitlines() if not line.startswith(">"))
    return [word for line in lines for word in line.split()]


def asks_in(body: str) -> list[str]:
    """The different wordings by which the text wants something, as they stand in ASKS."""
    text = _plain(body)
    return [ask for ask in ASKS if ask in text]


def gives(body: str) -> bool:
    """Whether the text offers anything."""
    text = _plain(body)
    return any(offer in text for offer in OFFERS)


def is_cold(contact: Contact) -> bool:
    """Below warm, or never measured."""
    return contact.warmth is None or contact.warmth.band in (Band.DORMANT, Band.COOL)


def leaks(text: str, notes: Sequence[str]) -> list[str]:
    """One sentence when four or more words in a row come from the private notes."""
    words = _words(text)
    runs = {tuple(words[i : i + LEAK_WORDS]) for i in range(len(words) - LEAK_WORDS + 1)}
    for note in notes:
        noted = _words(note)
        for i in range(len(noted) - LEAK_WORDS + 1):
            run = tuple(noted[i : i + LEAK_WORDS])
            if run in runs:
                return [f"It repeats a private note: “{' '.join(run)} …”."]
    return []


def _name_doubts(contact: Contact) -> list[str]:
    name = contact.name.strip()
    letters = [c for c in name if c.isalpha()]
    if not name:
        return ["No name is known."]
    if any(c.isdigit() for c in name):
        return [f"The name “{name}” has digits in it."]
    if len(letters) > 3 and name.isupper():
        return [f"The name “{name}” is all capitals."]
    given = contact.given.strip() or name.split()[0]
    if len(given.rstrip(".")) == 1 and given.isascii():
        return [f"The first name “{given}” is a single letter."]
    if name == name.lower() and len(letters) > 3 and name.isascii():
        return [f"The name “{name}” has no capital letter."]
    return []


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in folded(text)).split()

"""Showing somebody without saying who they are: the descriptor, and what a text gives away."""

import unicodedata
from collections.abc import Iterator

from mailflow.model.contact import Contact
from mailflow.model.text import folded, printable

MAX_TITLE_WORDS = 6
MAX_DESCRIPTOR = 100

AN_LETTERS = frozenset("AEFHILMNORSX")
"""Letters whose name begins with a vowel's sound: "an MD"."""

NOT_A_VOWEL = ("uni", "use", "user", "eur", "one", "ux", "ui")
"""They are written with a vowel and spoken with a consonant: "a university lecturer"."""

TELLING_NOTHING = frozenset(
    ["and", "the", "of", "for", "von", "van", "der", "den", "del", "della", "dos", "das", "inc",
     "ltd", "llc", "gmbh", "ag", "sa", "bv", "co", "corp", "company", "group", "dr", "prof", "mr",
     "mrs", "ms", "jr", "sr", "phd", "com", "org", "net", "www"]
)  # fmt: skip
"""Parts of a name or a company that give nobody away."""

MIN_PHONE_DIGITS = 6
MIN_NAME = 2
MIN_LABEL = 4
MIN_WHOLE = 6
"""Letters of a whole name that give it away inside a word too, as in "@janeroe"."""
MIN_GENITIVE = 3
MIN_INFLECTED = 4
MAX_ENDING = 2
FIRST_GREEK, FIRST_THAI = "\u0370", "\u0e00"
"""From the first on names bear endings as Greek and Russian ones do, from the second on no spaces
stand around them."""
PROVIDERS = frozenset(
    ["gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "icloud", "proton", "mail",
     "protonmail", "fastmail", "posteo", "mailbox", "example", "gmx", "web", "free", "orange"]
)  # fmt: skip
"""Domains that say nothing about a person."""


def descriptor_of(contact: Contact) -> str:
    """What they are, without who and where: "a chief technology officer"; empty when their title
    does not tell, or tells too much."""
    title = printable(contact.title, 80)
    for mark in ("(", "|", "@", ",", ";", " at ", " bei ", " chez ", " – ", " — ", " - ", "/"):
        title = title.partition(mark)[0]
    words = title.replace("&", "and").split()
    if not words or len(words) > MAX_TITLE_WORDS or not title[0].isalpha():
        return ""
    spelt = " ".join(word if _is_acronym(word) else word.lower() for word in words)
    return "" if gives_away(spelt, contact) else f"{_article(words[0])} {spelt}"


def gives_away(text: str, contact: Contact, *, named: bool = False) -> str:
    """The piece of `text` that says who the contact is or how to reach them; empty for none.

    Looked for are their addresses, phones and links, and, unless they are `named` anyway, their
    names and their company. Case, accents and spacing do not hide anything.
    """
    plain = folded(text)
    for reach in _reaches(contact):
        if reach in plain:
            return reach
    digits = "".join(c for c in plain if c.isdigit())
    for phone in contact.phones:
        own = "".join(c for c in phone.e164 or phone.written if c.isdigit())
        if len(own) >= MIN_PHONE_DIGITS and own[-MIN_PHONE_DIGITS:] in digits:
            return phone.written
    return "" if named else _naming(text, contact)


def shared_company(one: Contact, two: Contact) -> str:
    """The company both work for, by its name or by the domain of their mail; empty for none."""
    if (mine := _company(one)) and mine == _company(two):
        return one.org
    shared = _domains(one) & _domains(two)
    return min((d for d in shared if d.partition(".")[0] not in PROVIDERS), default="")


def _domains(contact: Contact) -> set[str]:
    return {address.domain.casefold() for address in contact.addresses}


def _company(contact: Contact) -> list[str]:
    return [word for word in _words(contact.org) if word not in TELLING_NOTHING]


def _reaches(contact: Contact) -> Iterator[str]:
    for address in contact.addresses:
        yield folded(str(address))
    for url in contact.urls:
        bare = folded(url).partition("://")[2] or folded(url)
        if bare.strip("/"):
            yield bare.strip("/").removeprefix("www.")


def _naming(text: str, contact: Contact) -> str:
    """A word of their name, with an ending or not, or their company: its name, its first telling
    word as it is spelt, or the name of its domain."""
    words = _words(text)
    names = [w for w in _words(f"{contact.name} {contact.given} {contact.family}") if _tells(w)]
    for name in names:
        if any(_is_called(word, name) for word in words):
            return name
    whole = "".join(_words(contact.name))
    if len(whole) >= MIN_WHOLE and any(whole in word for word in words):
        return whole
    if _stands_in(_company(contact), words):
        return contact.org
    spelt = "".join(c if c.isalnum() else " " for c in contact.org).split()
    brand = next((w for w in spelt if _tells(folded(w))), "")
    if brand and brand in "".join(c if c.isalnum() else " " for c in text).split():
        return brand
    labels = {label for domain in _domains(contact) for label in domain.split(".")[:-1]}
    own = {label for label in labels if len(label) >= MIN_LABEL} - PROVIDERS
    return next((label for label in sorted(own) if _stands_in(_words(label), words)), "")


def _is_called(word: str, name: str) -> bool:
    """Whether a word is the name, alone or with an ending: "Rajs Team", "Анны", "王小明的"."""
    if word == name or _holds_unspaced(word, name):
        return True
    if name[0] >= FIRST_GREEK:
        stem = name[:-1] if len(name) >= MIN_INFLECTED else name
        return word.startswith(stem) and len(word) <= len(name) + MAX_ENDING
    return len(name) >= MIN_GENITIVE and word == f"{name}s"


def _stands_in(pieces: list[str], words: list[str]) -> bool:
    """Whether these words follow one another there."""
    return bool(pieces) and any(
        all(
            word == piece or _holds_unspaced(word, piece)
            for word, piece in zip(some, pieces, strict=True)
        )
        for some in (words[at : at + len(pieces)] for at in range(len(words) - len(pieces) + 1))
    )


def _holds_unspaced(word: str, name: str) -> bool:
    """Thai, Chinese, Japanese and Korean set no space around a name."""
    return name[0] >= FIRST_THAI and name in word


def _tells(word: str) -> bool:
    return len(word) >= MIN_NAME and word not in TELLING_NOTHING


def _words(text: str) -> list[str]:
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return "".join(c if c.isalnum() else " " for c in folded(seen)).split()


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1


def _article(word: str) -> str:
    lowered = word.lower()
    if _is_acronym(word):
        return "an" if word[0] in AN_LETTERS else "a"
    if lowered.startswith(NOT_A_VOWEL):
        return "a"
    return "an" if lowered[0] in "aeiou" else "a"

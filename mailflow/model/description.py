"""Showing somebody without saying who they are: the descriptor, and what a text gives away."""

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
    """A word of their name, or their company: its name, its first telling word as it is spelt, or
    the name of its domain."""
    words = _words(text)
    names = [w for w in _words(f"{contact.name} {contact.given} {contact.family}") if _tells(w)]
    for name in names:
        if name in words:
            return name
    company = _company(contact)
    if company and any(
        words[at : at + len(company)] == company for at in range(len(words) - len(company) + 1)
    ):
        return contact.org
    spelt = "".join(c if c.isalnum() else " " for c in contact.org).split()
    brand = next((w for w in spelt if _tells(folded(w))), "")
    if brand and brand in "".join(c if c.isalnum() else " " for c in text).split():
        return brand
    labels = {domain.partition(".")[0] for domain in _domains(contact)}
    own = {label for label in labels if len(label) >= MIN_LABEL} - PROVIDERS
    return next((label for label in sorted(own) if label in words), "")


def _tells(word: str) -> bool:
    return len(word) >= MIN_NAME and word not in TELLING_NOTHING


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in folded(text)).split()


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1


def _article(word: str) -> str:
    lowered = word.lower()
    if _is_acronym(word):
        return "an" if word[0] in AN_LETTERS else "a"
    if lowered.startswith(NOT_A_VOWEL):
        return "a"
    return "an" if lowered[0] in "aeiou" else "a"

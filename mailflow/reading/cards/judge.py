"""What a stretch of text on a card is likely to be: a name, a title, a company, an address."""

from itertools import pairwise
from unicodedata import combining

from mailflow.model.address import Address
from mailflow.model.text import folded
from mailflow.reading.cards import person
from mailflow.reading.cards.places import country
from mailflow.reading.cards.vocabulary import (
    CONNECTORS,
    EAST_ORGS,
    EAST_TITLES,
    LEGAL_FORMS,
    ORG_WORDS,
    STREETS,
    TITLES,
)

MAX_NAME_WORDS = 5
MAX_EAST = 30
LONG_FORMS = LEGAL_FORMS - {
    "as",
    "se",
    "co",
    "ag",
    "sa",
    "pc",
    "tic",
    "sp",
    "ou",
    "ek",
    "eg",
    "asa",
}
"""Legal forms that are no syllable of a name."""
FIELDS = frozenset(["design", "digital", "media", "energy", "analytics", "invest", "capital",
                    "law", "engineering", "international"])  # fmt: skip
"""Words of company names that are fields of work as well."""
GENERAL = frozenset(
    ["global", "general", "commercial", "technical", "creative", "business", "product",
     "marketing", "sales", "operations", "development", "strategy", "talent", "regional",
     "management", "law", "research", "senior", "junior", "account", "investment"]
)  # fmt: skip
"""Words of titles that make none by themselves before the last word of a company."""
NOT_IN_A_NAME = frozenset(
    ["hi", "hello", "dear", "regards", "best", "kind", "thanks", "thank", "cheers", "sincerely",
     "yours", "sent", "from", "my", "the", "and", "our", "your", "we", "you", "this", "please",
     "is", "are", "was", "for", "with", "mail", "phone", "www", "visit", "follow", "book",
     "schedule", "meeting", "confidential", "notice", "team", "wishes", "warm", "greetings", "mit",
     "freundlichen", "grussen", "viele", "liebe", "beste", "grusse", "cordialement", "saludos",
     "saluti", "on", "at", "to", "of", "in", "not", "it", "that", "if", "but", "as", "have", "has",
     "will", "can", "date", "subject", "re", "fwd", "disclaimer", "address", "office", "tel",
     "fax", "mobile"]
)  # fmt: skip


def words_of(text: str) -> list[str]:
    """Folded words without punctuation around them."""
    found = (w.strip(".,;:()[]\"'“”*_!?") for w in folded(text).replace("/", " / ").split())
    return [w for w in found if w]


def name(text: str, addresses: list[Address]) -> float:
    """How much it looks like a person's name, 0 to 1; an address that speaks for it decides."""
    words = person.without_behalf(text).replace(",", " ").split()
    core = [w for w in words if not person.is_honorific(w) and not person.is_suffix(w)]
    core = [w for w in core if not (w.startswith("(") and w.endswith(")"))]
    count = sum(folded(w) not in person.PARTICLES for w in core)
    if not core or count > MAX_NAME_WORDS or any(c.isdigit() for c in text):
        return 0.0
    if any(not _is_name_word(w) for w in core) or set(words_of(text)) & NOT_IN_A_NAME:
        return 0.0
    looks = 0.7 if len(core) > 1 else 0.3
    spoken = set(words_of(text))
    if words_of(words[-1])[:1] and words_of(words[-1])[0].replace(".", "") in LONG_FORMS:
        looks -= 0.5
    if spoken & (ORG_WORDS | TITLES):
        looks -= 0.4
    if len(core) < len(words):
        looks += 0.1
    agreement = max((person.agreement(text, a) for a in addresses), default=0.5)
    return max(0.0, min(1.0, looks + (agreement - 0.5) * 0.5))


def _is_name_word(word: str) -> bool:
    if folded(word).strip(".,") in person.PARTICLES:
        return True
    bare = word.strip(".,()\"“”'’ʼ")
    if not bare or not all(c.isalpha() or c in ".-'’ʼ·" or combining(c) for c in bare):
        return False
    return bare[0].isupper() or bare.lower() in person.PARTICLES or not (
        bare[0].islower())  # fmt: skip


def title(text: str) -> float:
    """How much it looks like what somebody does."""
    words = words_of(text.replace("-", " - "))
    hits = [w for w in words if w in TITLES or _is_compound_title(w)]
    if len(text) < MAX_EAST and any(part in text for part in EAST_TITLES):
        return 0.8
    if not words or len(words) > 14 or not hits:
        return 0.0
    if len(words) > 1 and words[-1] in ORG_WORDS - FIELDS and set(hits) <= GENERAL:
        return 0.0
    strong = 0.75 if hits[0] in {words[0], words[-1]} or len(hits) > 1 else 0.6
    if {w.replace(".", "") for w in words[1:]} & LONG_FORMS:
        strong -= 0.35
    return min(1.0, strong + (0.1 if len(words) <= 5 else 0))


def _is_compound_title(word: str) -> bool:
    """German puts the title at the end: Softwareentwickler, Vertriebsleiterin."""
    return len(word) > 9 and word.endswith(
        ("leiter", "leiterin", "entwickler", "entwicklerin", "berater", "beraterin", "ingenieur",
         "ingenieurin", "manager", "managerin", "fuhrer", "fuhrerin", "anwalt", "anwaltin",
         "architekt", "architektin", "beauftragter", "beauftragte", "assistentin", "referent",
         "referentin", "vorstand", "wissenschaftler", "wissenschaftlerin", "direktor", "chef",
         "innendienst", "aussendienst", "sachbearbeiter", "sachbearbeiterin", "mitarbeiter",
         "mitarbeiterin", "leitung")
    )  # fmt: skip


def org(text: str, addresses: list[Address], hosts: list[str]) -> float:
    """How much it looks like a company: a legal form, a word of such names, the own domain."""
    words = words_of(text)
    if not words or len(words) > 9:
        return 0.0
    if len(text) < MAX_EAST and any(part in text for part in EAST_ORGS):
        return 0.9
    score = 0.2
    compact = {w.replace(".", "") for w in words}
    if compact & LEGAL_FORMS and len(words) > 1:
        score += 0.5
    if compact & ORG_WORDS:
        score += 0.25
    domains = [a.domain for a in addresses] + hosts
    if any(fits(text, domain) for domain in domains):
        score += 0.5
    if not any(w[0].isupper() or w[0].isdigit() for w in text.split() if w[0].isalnum()):
        score -= 0.2
    return max(0.0, min(1.0, score))


def fits(text: str, domain: str) -> bool:
    """Whether a company's name is in a domain's, or its initials are the domain."""
    labels = domain.lower().removeprefix("www.").split(".")
    own = labels[-2] if len(labels) > 1 else labels[0]
    if len(labels) > 2 and labels[-2] in {"co", "com", "org", "ac", "net", "gov", "edu"}:
        own = labels[-3]
    label = "".join(c for c in own if c.isalnum())
    words = [w for w in words_of(text.replace("-", " ")) if w not in CONNECTORS]
    core = [w for w in words if w.replace(".", "") not in LEGAL_FORMS] or words
    joined = "".join(c for w in core for c in w if c.isalnum())
    if len(label) < 2 or not joined:
        return False
    first = "".join(c for c in core[0] if c.isalnum())
    initials = "".join(w[0] for w in core)
    return joined in label or label in joined or (len(first) > 3 and label.startswith(first)) or (
        len(initials) > 1 and initials in {label, *own.split("-")})  # fmt: skip


def _is_code(word: str) -> bool:
    """A postcode: digits, maybe with a hyphen, or letters before them (`L-1234`)."""
    return all(c.isdigit() or c == "-" or c.isupper() for c in word)


def postal(text: str) -> float:
    """How much it looks like a part of a postal address."""
    if text.startswith("〒"):
        return 0.9
    lowered = f" {folded(text)} "
    digits = sum(c.isdigit() for c in text)
    has_street = any(street in lowered for street in STREETS)
    if digits and has_street:
        return 0.9
    words = text.replace(",", " ").split() or [""]
    codes = [w for w in words if 4 <= sum(c.isdigit() for c in w) <= 8 and _is_code(w)]
    codes += [a for a, b in pairwise(words) if (a + b).isdecimal() and len(a) == 3 and len(b) == 2]
    if codes and len(words) > 2 and ("," in text or len(words) < 7):
        return 0.85 if "," in text else 0.7
    in_first = sum(c.isdigit() for c in words[0])
    if 4 <= in_first <= 6 and len(words) > 1 and words[0][-1].isdigit():
        return 0.8
    if digits >= 4 and "," in text and words[-1][-1].isdigit():
        return 0.7
    if 0 < digits <= 10 and len(words) > 1 and any(c.isupper() for c in text):
        return 0.5
    if country(text) and len(words) <= 4:
        return 0.6
    return 0.0

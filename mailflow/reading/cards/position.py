"""What somebody does and for whom, out of the candidates of a signature or card."""

from dataclasses import replace

from mailflow.model.address import Address
from mailflow.model.card import UNSURE_BELOW, Reading
from mailflow.reading.cards import judge
from mailflow.reading.cards.candidates import GOOD, Candidate
from mailflow.reading.cards.vocabulary import CONNECTORS, ORG, TITLE

MAX_WORDS = 6
NOT_A_FIELD = frozenset(
    ["book", "follow", "visit", "meeting", "click", "please", "read", "sent", "download", "join",
     "schedule", "call", "chat", "she", "he", "they", "her", "his", "him", "working", "hours",
     "new", "confidential", "disclaimer", "notice", "winner", "award", "think", "print",
     "environment"]
)  # fmt: skip
"""Lines with one of these below a name are no title and no company."""


def title_and_org(
    rest: list[Candidate], addresses: list[Address], hosts: list[str], name: Candidate | None
) -> tuple[Reading | None, Reading | None]:
    """The title and the company among the candidates; one that only stands where it usually stands
    is taken with a doubt. `name` is the candidate that is the name."""
    domains = [address.domain for address in addresses] + hosts
    titled = [(1.0 if c.label == TITLE else judge.title(c.text), c) for c in rest if c.label != ORG]
    orged = [(1.0 if c.label == ORG else judge.org(c.text, addresses, hosts), c) for c in rest]
    title = next((c for score, c in titled if score >= GOOD), None)
    best = max(
        ((score, -c.line, c) for score, c in orged if c is not title
         and judge.postal(c.text) < 0.7 ),
        key=lambda item: item[:2], default=None,
    )  # fmt: skip
    org = best[2] if best is not None and best[0] >= 0.45 else None
    if org is None and title is not None and title.label != TITLE:
        title, org = _behind_comma(title)
    if title is None and (placed := _below(name, rest, org)) is not None:
        return _placed(placed, org, _sure(org, best, domains))
    if org is None and title is not None and (placed := _below(title, rest, title)) is not None:
        return _reading(title, 0.9, "title"), _reading(placed, 0.7, "company")
    return _reading(title, 0.9, "title"), _reading(org, *_sure(org, best, domains))


def _placed(
    placed: Candidate, org: Candidate | None, sure: tuple[float, str]
) -> tuple[Reading | None, Reading | None]:
    """The line below a name: one word is a company where none is known, more are a title."""
    if org is not None:
        return _reading(placed, 0.7, "title"), _reading(org, *sure)
    if " " not in placed.text:
        return None, _reading(placed, 0.7, "company")
    title, behind = _behind_comma(placed)
    return _reading(title, 0.7, "title"), _reading(behind, 0.7, "company")


def _sure(
    org: Candidate | None, best: tuple[float, int, Candidate] | None, domains: list[str]
) -> tuple[float, str]:
    """How sure the company is: its domain says so, its form does, or only a word of it."""
    if org is not None and any(judge.fits(org.text, domain) for domain in domains):
        return 0.95, "company"
    is_weak = best is not None and best[2] is org and best[0] < GOOD
    return (0.7 if is_weak else 0.85), "company"


def _below(
    anchor: Candidate | None, rest: list[Candidate], taken: Candidate | None
) -> Candidate | None:
    """The first candidate on the line below `anchor` (or behind it) when it reads like a field:
    short, capitalised, no address and nothing already taken."""
    if anchor is None:
        return None
    near = [c for c in rest if 0 <= c.line - anchor.line <= 1 and c not in (anchor, taken)]
    if not near or near[0].label:
        return None
    words = near[0].text.split()
    spoken = set(judge.words_of(near[0].text))
    is_short = len(words) <= MAX_WORDS and not any(c.isdigit() for c in near[0].text)
    is_proper = all(w[0].isupper() or not w[0].isalpha() or w.lower() in CONNECTORS for w in words)
    if not (is_short and is_proper) or spoken & NOT_A_FIELD or judge.postal(near[0].text) >= 0.5:
        return None
    return near[0]


def _behind_comma(title: Candidate) -> tuple[Candidate, Candidate | None]:
    """`Co-founder, Widgetly`: what follows a title and is none is the company, if none is known."""
    left, _, right = (t.strip() for t in title.text.rpartition(","))
    if not left or judge.title(right) > 0 or not right[:1].isupper() or len(right.split()) > 3:
        return title, None
    return replace(title, text=left), replace(title, text=right)


def _reading(candidate: Candidate | None, sure: float, what: str) -> Reading | None:
    if candidate is None:
        return None
    doubt = f"I am not sure that “{candidate.text}” is the {what}." if sure < UNSURE_BELOW else ""
    return Reading(candidate.text, sure, f"line {candidate.line}", doubt)

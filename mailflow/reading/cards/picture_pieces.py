"""A line of a picture taken apart: its addresses, links and numbers, and the texts between them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from mailflow.reading.cards import (
    judge,
    picture_address,
    picture_labels,
    picture_links,
    picture_numbers,
    postcodes,
)
from mailflow.reading.cards.picture_address import Found
from mailflow.reading.cards.picture_labels import DIALLED
from mailflow.reading.cards.picture_labels import kind as kind_of
from mailflow.reading.cards.picture_lines import Line
from mailflow.reading.cards.picture_links import bare_host
from mailflow.reading.cards.picture_numbers import Run
from mailflow.reading.cards.pieces import Piece
from mailflow.reading.cards.vocabulary import (
    EMAIL,
    NAME,
    ORG,
    POSTAL,
    REGISTER,
    TITLE,
    URL,
)

SEPARATORS = ("|", "•", "·", "▪", "●", "∙", "‧", "│", "¦", " // ", "►", "◆", "■", "★", "♦")
STREET = 0.7
"""From this likelihood on a line is part of an address, and its numbers are none to dial."""
SIGNS = frozenset("QGO0©®&€")
"""What an engine makes of an `@`."""
FULL = 10
"""Digits that are too many for a postcode and a house's number."""
EDGES = " ,;:-–—/|*'\"“”‘’_=~<>«»•·"
TEXT_LABELS = frozenset({NAME, TITLE, ORG, POSTAL})


@dataclass(frozen=True, slots=True)
class Parts:
    """What one line holds. `at` is its place among the lines of the reading, from 0; `texts` are
    pieces in the words of signatures, their `line` the same place."""

    line: Line
    at: int
    emails: tuple[Found, ...]
    links: tuple[str, ...]
    runs: tuple[Run, ...]
    texts: tuple[Piece, ...]
    is_mail_label: bool = False
    """Whether it says e-mail though no address could be read in it."""
    has_broken_number: bool = False
    """Whether a number begins in it that could not be read."""


def parts_of(lines: Iterable[Line]) -> list[Parts]:
    """Each line taken apart, in order; an address whose `@` was misread is known by its host, which
    stands on the card once more."""
    found = [_parts(line, at) for at, line in enumerate(lines)]
    hosts = {bare_host(url) for part in found for url in part.links}
    hosts |= {f.address.domain for part in found for f in part.emails}
    return [_with_sign(_without_label(part, hosts), hosts) for part in found]


def _without_label(part: Parts, hosts: Collection[str]) -> Parts:
    """A link whose `w` is a label that lost its blank: `wacme.io` where acme.io is known."""
    links = tuple(
        url[1:] if url[:1] in "wW" and url[1:].lower() in hosts else url for url in part.links
    )
    return part if links == part.links else replace(part, links=links)


def _with_sign(part: Parts, hosts: Collection[str]) -> Parts:
    """`infoQacme.io` as `info@acme.io` where acme.io is known."""
    if part.emails:
        return part
    words = part.line.text.split(" ")
    for at, word in enumerate(words):
        host = next((h for h in hosts if len(h) > 4 and word.lower().endswith(h)), "")
        sign = len(word) - len(host) - 1
        if host and sign > 1 and word[sign] in SIGNS and word[:sign].replace(".", "").isalnum():
            words[at] = f"{word[:sign]}@{host}"
            mended = _parts(replace(part.line, text=" ".join(words)), part.at)
            emails = tuple(replace(f, mended=f.mended + 1) for f in mended.emails)
            return replace(mended, emails=emails)
    return part


def _parts(line: Line, at: int) -> Parts:
    text = line.text
    emails = picture_address.find(text)
    for found in emails:
        text = _blanked(text, _label_start(text, found.start, EMAIL), found.end)
    links = picture_links.find(text)
    for link in links:
        text = _blanked(text, _label_start(text, link.start, URL), link.end)
    runs = _dialled(text)
    for run in runs:
        text = _blanked(text, run.start, run.end)
    texts = tuple(_texts(text, line, at, has_values=bool(emails or links or runs)))
    says_mail = not emails and (_says_mail(line.text) or "@" in line.text.lstrip("@ ")[1:])
    return Parts(
        line,
        at,
        tuple(emails),
        tuple(link.url for link in links),
        tuple(runs),
        texts,
        says_mail,
        _is_broken(text),
    )


def _blanked(text: str, start: int, end: int) -> str:
    """The text with a separator in place of what was taken out; places stay."""
    return text[:start] + "|" * (end - start) + text[end:]


def _label_start(text: str, start: int, kind: str) -> int:
    """Where the label of that kind before `start` begins, else `start`."""
    head = text[:start].rstrip(" :.-=•|")
    word = head.replace("|", " ").rpartition(" ")[2]
    found = picture_labels.kind(word) if word else None
    is_icon = len(word) == 1 and len(head) == 1
    return len(head) - len(word) if found == kind or is_icon else start


def _dialled(text: str) -> list[Run]:
    """The runs of a line, without those that a word of registers stands before."""
    found = picture_numbers.runs(text)
    if not found:
        return []
    words = [kind_of(w) for w in text.replace(":", " ").split()[:8]]
    is_register = REGISTER in words and not DIALLED - {REGISTER} & set(words)
    names = [w for w in text.split() if sum(c.isalpha() for c in w) > 2 and not kind_of(w)]
    is_place = (len(names) > 1 or (len(names) == 1 and sum(map(str.isdigit, text)) < 9)) and (
        judge.postal(text) >= STREET or bool(postcodes.region(text))
    )
    found = [_behind_code(run) if is_place and not run.kind else run for run in found]
    return [
        run for run in found
        if run.kind != REGISTER
        and (run.kind or run.text.startswith(("+", "(+"))
             or not (is_register or (is_place and len(run.digits) < FULL - 1)))
    ]  # fmt: skip


def _behind_code(run: Run) -> Run:
    """The number behind a postcode that the engine put in one line with it."""
    head, blank, tail = run.text.partition(" ")
    is_code = head.isdigit() and 4 <= len(head) <= 6
    if not (blank and is_code and sum(map(str.isdigit, tail)) >= FULL - 1):
        return run
    return replace(run, text=tail, start=run.start + len(head) + 1)


def _is_broken(rest: str) -> bool:
    """Whether what is left of a line has a country code or a label of a number before digits."""
    words = rest.replace("|", " ").replace(":", " ").split()
    for word, behind in pairwise([*words, ""]):
        has_plus = word.startswith("+") and sum(map(str.isdigit, word)) > 1
        is_label = picture_labels.key(word) in picture_labels.TELEPHONES
        if has_plus or (is_label and sum(map(str.isdigit, behind)) > 2):
            return True
    return False


def _says_mail(text: str) -> bool:
    head = text.replace(":", " ").split()[:1]
    return bool(head) and len(text) > 8 and len(head[0]) > 1 and (
        picture_labels.kind(head[0]) == EMAIL)  # fmt: skip


def _texts(text: str, line: Line, at: int, *, has_values: bool) -> Iterable[Piece]:
    for separator in SEPARATORS:
        text = text.replace(separator, "\n")
    for part in text.split("\n"):
        shown, label = _labelled(part.strip(EDGES))
        shown = shown.strip(EDGES)
        if shown.count("(") != shown.count(")"):
            shown = shown.strip(" ()")
        is_crumb = has_values and (len(shown) < 3 or picture_labels.is_label(
            shown, picture_labels.ANY))  # fmt: skip
        is_handle = shown.startswith("@") and " " not in shown
        if _is_register(shown):
            label = REGISTER
        if any(c.isalnum() for c in shown) and not is_crumb and not is_handle:
            yield Piece(at, part, shown, label)


def _is_register(text: str) -> bool:
    """`Reg. No. 45678`: a number of some register, with nothing else to tell."""
    head = text.split()[:1]
    return bool(head) and picture_labels.kind(head[0]) == REGISTER and any(
        c.isdigit() for c in text)  # fmt: skip


def _labelled(text: str) -> tuple[str, str]:
    """`Name: Jane Roe` without its label, and the kind of that label."""
    head, colon, tail = text.partition(":")
    if not colon or len(head) > 24 or not tail.strip():
        return text, ""
    kind = picture_labels.kind(head)
    if kind in TEXT_LABELS:
        return tail.strip(), kind
    return (tail.strip(), "") if kind is not None else (text, "")

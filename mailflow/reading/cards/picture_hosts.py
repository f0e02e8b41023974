"""The host of an address checked against the links, the other addresses and the company's name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailflow.reading.cards import picture_evidence
from mailflow.reading.cards.picture_evidence import FREE, own_domain
from mailflow.reading.cards.picture_spelling import distance, explains, letters, skeleton
from mailflow.reading.cards.vocabulary import TOPS

MIN_NEAR = 6
"""Letters a name must have for one a letter off to be the same misread."""
MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class Host:
    """The host as it must be; its `rival`, else empty; whether a second witness confirms it."""

    value: str
    rival: str = ""
    is_confirmed: bool = False


def settle(host: str, witnesses: Sequence[str], texts: Sequence[str]) -> Host:
    """The host by the evidence of the card. `witnesses` are the hosts of links and of the other
    addresses, `texts` what could be the company's name.

    One that differs from a witness only as misread letters do is put right by the company's name;
    where nothing decides, the rival is told.
    """
    host = host.lower()
    own = own_domain(host)
    others = [own_domain(w) for w in witnesses]
    if own in FREE or own in others:
        return Host(host, "", is_confirmed=True)
    if free := _free(own):
        return Host(free, "", is_confirmed=True)
    spelled = any(_spells(text, own) for text in texts)
    for other in dict.fromkeys(others):
        if _is_misread(own, other):
            theirs = any(_spells(text, other) for text in texts)
            if theirs == spelled:
                return Host(host, host.replace(own, other))
            return Host(host.replace(own, other if theirs else own), "", is_confirmed=True)
    if spelled:
        return Host(host, "", is_confirmed=True)
    if near := _near(own, texts):
        return Host(host, host.replace(own, near))
    is_like = len(own.partition(".")[0]) > 2 and picture_evidence.fits_company(texts, own)
    return Host(host, "", is_confirmed=is_like)


def _free(own: str) -> str:
    """The provider's host that this is a misreading of, else nothing."""
    return next(
        (f for f in FREE if skeleton(f) == skeleton(own)
         or (len(f) > 7 and distance(f, own, 1) <= 1)), "",
    )  # fmt: skip


def _spells(text: str, own: str) -> bool:
    """Whether the words of a text, whole or cut short, make up the name of a host."""
    label = letters(own.partition(".")[0])
    words = tuple(w for word in text.replace("-", " ").split()[:MAX_WORDS] if (w := letters(word)))
    return len(label) > 2 and explains(words, label) > 1


def _is_misread(a: str, b: str) -> bool:
    """Whether one host is the other read wrong: alike in print, or a letter or two off."""
    if skeleton(a) == skeleton(b):
        return True
    label, other = a.partition(".")[0], b.partition(".")[0]
    if label == other:
        return distance(a, b, 2) <= 2 and not _are_endings(a, b)
    most = 1 if len(label) < 9 else 2
    return min(len(label), len(other)) > 4 and distance(label, other, most) <= most


def _are_endings(a: str, b: str) -> bool:
    """`acme.de` and `acme.com` are two hosts of one firm, not one misread."""
    return a.rpartition(".")[2] in TOPS and b.rpartition(".")[2] in TOPS


def _near(own: str, texts: Iterable[str]) -> str:
    """The host spelled as the company is, where it is a letter or two off that."""
    label, _, ending = own.partition(".")
    plain = letters(label)
    for text in texts:
        words = [letters(w) for w in text.split()[:MAX_WORDS]]
        for count in range(1, len(words) + 1):
            joined = "".join(words[:count])
            most = 1 if len(plain) < 10 else 2
            if min(len(plain), len(joined)) >= MIN_NEAR and joined.isascii() and (
                0 < distance(joined, plain, most) <= most):  # fmt: skip
                return f"{joined}.{ending}"
    return ""

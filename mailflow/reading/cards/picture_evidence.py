"""What a card says about itself twice: addresses, profiles and hosts that check a name."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailflow.model.address import Address
from mailflow.reading.cards import judge, person, roles
from mailflow.reading.cards.given_names import GIVEN
from mailflow.reading.cards.picture_links import bare_host
from mailflow.reading.cards.picture_spelling import (
    distance,
    explains,
    letters,
    skeleton,
    spellings,
)

PROFILES = ("linkedin.com/in/", "linkedin.com/pub/", "xing.com/profile/", "github.com/",
            "twitter.com/", "x.com/", "facebook.com/", "instagram.com/")  # fmt: skip
FREE = frozenset(
    ["gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.co.in", "yahoo.fr",
     "aol.com", "yahoo.co.jp", "ymail.com", "rocketmail.com", "hotmail.com", "hotmail.fr",
     "hotmail.co.uk", "hotmail.it", "outlook.com", "outlook.fr", "outlook.de", "live.com",
     "live.fr", "msn.com", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.at",
     "gmx.ch", "gmx.com", "web.de", "t-online.de", "freenet.de", "mail.ru", "yandex.ru",
     "yandex.com", "qq.com", "163.com", "126.com", "sina.com", "naver.com", "hanmail.net",
     "daum.net", "proton.me", "protonmail.com", "orange.fr", "wanadoo.fr", "free.fr",
     "laposte.net", "sfr.fr", "libero.it", "virgilio.it", "tin.it", "bluewin.ch", "sunrise.ch",
     "seznam.cz", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "uol.com.br", "bol.com.br",
     "terra.com.br", "hotmail.es", "telefonica.net", "rediffmail.com", "btinternet.com", "sky.com",
     "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net",
     "earthlink.net", "shaw.ca", "rogers.com", "bigpond.com", "optusnet.com.au", "xtra.co.nz",
     "zoho.com", "fastmail.com", "hey.com", "pm.me", "mail.com"]
)  # fmt: skip
"""Hosts whose addresses anybody may have: they say nothing about a company."""
MAX_TOKENS = 24


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pieces of addresses and profiles that could spell a name, each address's apart."""

    tokens: tuple[tuple[str, ...], ...]
    addresses: tuple[Address, ...]
    """The personal addresses, and a profile's name as if it were one."""
    domains: tuple[str, ...] = ()
    """The names of hosts, which may be a person's: "janeroe" of janeroe.com."""


@dataclass(frozen=True, slots=True)
class Support:
    """How far evidence speaks for a name: 2 it spells the name, 1 a part of it, 0 it says nothing,
    -1 it spells another. `word` and `instead` are a word of the name and how the evidence has it
    when it is a letter off."""

    level: int
    word: str = ""
    instead: str = ""


def evidence(addresses: Iterable[Address], urls: Iterable[str]) -> Evidence:
    """The evidence of a card's personal addresses and hosts and the profiles among its links."""
    addresses, urls = list(addresses), list(urls)
    hosts = [a.domain for a in addresses if a.domain not in FREE] + hosts_of(urls)
    domains = dict.fromkeys(letters(own_domain(h).partition(".")[0]) for h in hosts)
    personal = [a for a in addresses if roles.kind(a) is None]
    profiles = [p for url in urls if (p := _profile(url)) is not None]
    both = tuple(dict.fromkeys([*personal, *profiles]))
    locals_of = dict.fromkeys(text for a in both for text in (a.local, a.local.replace("I", "l")))
    tokens = tuple(t for local in locals_of if (t := tokens_of(local)))
    return Evidence(tokens[:MAX_TOKENS], both, tuple(d for d in domains if len(d) > 5))


def _profile(url: str) -> Address | None:
    lowered = url.lower()
    for lead in PROFILES:
        _, found, slug = lowered.partition(lead)
        slug = slug.partition("/")[0].partition("?")[0]
        if found and len(slug) > 3:
            return Address.maybe(f"{slug[: MAX_TOKENS * 2]}@linkedin.com")
    return None


def tokens_of(local: str) -> tuple[str, ...]:
    """The runs of letters of a local part, folded: "jane.roe2" gives "jane", "roe"."""
    plain = local.partition("+")[0]
    text = "".join(c if c.isalpha() else " " for c in plain)
    return tuple(letters(word) for word in text.split()[:6] if letters(word))


def name_words(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name as addresses may spell them, without titles and suffixes."""
    words = name.replace("-", " ").replace(",", " ").split()
    kept = [w for w in words if not person.is_honorific(w) and not person.is_suffix(w)]
    return tuple(s for w in kept[:6] if (s := spellings(w)))


def support(name: str, of: Evidence, *, closely: bool = False) -> Support:
    """The best support of any address or profile for the name; `closely` looks for words that are
    a letter off, too."""
    spelled = name_words(name)
    is_person = len(spelled) > 1 and spelled[0][0] in GIVEN
    if is_person and any(_spells(spelled, domain) for domain in of.domains):
        return Support(2)
    if not spelled or not of.tokens:
        return Support(0)
    found = [_support(spelled, name if closely else "", tokens) for tokens in of.tokens]
    return max(found, key=lambda s: s.level)


def _support(spelled: tuple[tuple[str, ...], ...], name: str, tokens: tuple[str, ...]) -> Support:
    if not all(t.isascii() for t in tokens):
        return Support(0)
    if not all(words[0].isascii() for words in spelled):
        return Support(0)
    if cut := next((t for t in tokens for words in spelled for w in words if _is_cut(w, t)), ""):
        return (_near(spelled, name, tokens) if name else None) or Support(1, "", cut)
    explained = [_best(spelled, token) for token in tokens]
    if all(explained) and (max(explained) > 1 or sum(map(len, tokens)) >= 2):
        return Support(2)
    if name and (near := _near(spelled, name, tokens)):
        return near
    if max(explained) >= 3 or any(
        len(w) >= 4 and w in token for words in spelled for w in words for token in tokens
    ):
        return Support(1)
    is_short = sum(map(len, tokens)) <= 3
    return Support(0 if is_short else -1)


def _spells(spelled: tuple[tuple[str, ...], ...], domain: str) -> bool:
    """Whether a host's name is the person's whole name: "janeroe"."""
    return "".join(words[0] for words in spelled) == domain


def _is_cut(word: str, token: str) -> bool:
    """`ameli` for Amélie: nobody leaves out one letter; an engine does."""
    return len(token) > 3 and word[:-1] == token


def _best(spelled: tuple[tuple[str, ...], ...], token: str) -> int:
    plain = tuple(words[0] for words in spelled)
    german = tuple(words[-1] for words in spelled)
    joined = tuple("".join(pair) for pair in itertools.pairwise(plain))
    return max(explains(plain, token), explains(german, token), *(explains((j,), token)
               for j in joined), 0)  # fmt: skip


def _near(
    spelled: tuple[tuple[str, ...], ...], name: str, tokens: tuple[str, ...]
) -> Support | None:
    """A word of the name that is one letter off a piece of the address."""
    written = [w for w in name.replace("-", " ").replace(",", " ").split()
               if not person.is_honorific(w) and not person.is_suffix(w)][:6]  # fmt: skip
    for index, words in enumerate(spelled):
        for token in tokens:
            for piece in _pieces_like(words[0], token):
                tried = (*spelled[:index], (piece,), *spelled[index + 1 :])
                if _best(tried, token) >= 3:
                    return Support(1, written[index] if index < len(written) else "", piece)
    return None


def _pieces_like(word: str, token: str) -> Iterable[str]:
    """Stretches of the token one letter off the word, which must have four letters or more."""
    if len(word) < 4:
        return
    for length in (len(word) + 1, len(word), len(word) - 1):
        for start in range(max(0, len(token) - length + 1)):
            piece = token[start : start + length]
            is_begun = skeleton(piece[0]) == skeleton(word[0])
            if len(piece) >= 4 and is_begun and distance(word, piece, 1) == 1:
                yield piece


def hosts_of(urls: Iterable[str]) -> list[str]:
    """The hosts of web addresses that could be a company's own, without networks and the like."""
    found = (bare_host(url) for url in urls)
    social = {lead.partition("/")[0] for lead in PROFILES}
    return list(dict.fromkeys(h for h in found if h and h not in social and h not in FREE))


def own_domain(host: str) -> str:
    """The part of a host that is registered: "mail.acme.co.uk" gives "acme.co.uk"."""
    labels = host.lower().removeprefix("www.").split(".")
    seconds = {"co", "com", "org", "net", "ac", "edu", "gov", "or", "ne", "go"}
    count = 3 if len(labels) > 2 and labels[-2] in seconds else 2
    return ".".join(labels[-count:])


def fits_company(texts: Sequence[str], host: str) -> bool:
    """Whether one of the texts is the name of the company whose host it is."""
    return any(judge.fits(text, host) for text in texts if len(text) > 2)

"""The name on a picture: chosen by shape, place, size and what the addresses say, then mended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailflow.model.card import Reading
from mailflow.model.text import folded
from mailflow.reading.cards import judge, person, picture_accents, picture_evidence
from mailflow.reading.cards.candidates import GOOD, Candidate
from mailflow.reading.cards.given_names import GIVEN, HAN_FAMILIES, TRADES
from mailflow.reading.cards.picture_letters import (
    is_titular,
    mended,
    parted,
    scripts,
    without_degrees,
)
from mailflow.reading.cards.picture_lines import heights, is_below
from mailflow.reading.cards.picture_sureness import LIKELY, Scored, Setting, judged
from mailflow.reading.cards.vocabulary import EAST_ORGS, EAST_TITLES, NAME, TITLES

SURNAME = 0.3
"""Given back to `James Dean`, whose family name is the word of a title."""
NO_PARTICLES = frozenset(["VN", "CN", "HK", "TW", "KR", "JP", "SG", "MY", "TH", "ID", "KH"])
"""Where Van, Le or Do is a name like any other."""
EAST_UNITS = "部科课課室局院所社店厂廠行会會团團組组處处系校司群"
"""What the names of departments and firms end with."""
EAST_PLACES = "省市区區县縣路街号號楼樓室町丁目番地都府駅层層"


@dataclass(frozen=True, slots=True)
class Named:
    """The chosen name; `used` are the places of the lines it was read from."""

    reading: Reading
    used: tuple[int, ...]
    candidate: Candidate


def choose(candidates: Sequence[Candidate], setting: Setting) -> Named | None:
    """The likeliest name with how sure it is; None where nothing looks like one."""
    scored = [
        _scored(text, used, candidate, setting)
        for text, used, candidate in _stretches(candidates, setting)
    ]
    scored.sort(key=lambda s: -s.score)
    if not scored or scored[0].score < LIKELY:
        return None
    best = scored[0]
    rival = next((s for s in scored[1:] if not set(s.used) & set(best.used)), None)
    text = _cased(best.text, setting)
    card = " ".join(line.text for line in setting.lines)
    text = picture_accents.restored(text, setting.region, card)
    found = picture_evidence.support(text, setting.evidence, closely=True)
    return Named(judged(text, best, found, rival, setting), best.used, best.candidate)


def _stretches(
    candidates: Sequence[Candidate], setting: Setting
) -> list[tuple[str, tuple[int, ...], Candidate]]:
    """Every candidate, mended; glued words parted; two short lines of one size as one name."""
    out: list[tuple[str, tuple[int, ...], Candidate]] = []
    for at, candidate in enumerate(candidates):
        text = without_degrees(mended(candidate.text))
        variants = dict.fromkeys([text, parted(text, setting.evidence), *scripts(text)])
        if _is_small(text, setting):
            variants = dict.fromkeys([text.title()])
        out += [(variant, (candidate.line,), candidate) for variant in variants]
        behind = candidates[at + 1 : at + 4]
        for other in behind:
            if _is_one_name(candidate, other, setting):
                joined = f"{text} {mended(other.text)}"
                out.append((joined, (candidate.line, other.line), replace(candidate, text=joined)))
    return out


def _is_small(text: str, setting: Setting) -> bool:
    """`jane roe`, as some cards print it: small letters that an address or a given name knows."""
    words = text.split()
    if not (text.islower() and 2 <= len(words) <= 4 and all(w.isalpha() for w in words)):
        return False
    found = picture_evidence.support(text, setting.evidence)
    return found.level == 2 or (words[0] in GIVEN and found.level >= 0)


def _is_one_name(a: Candidate, b: Candidate, setting: Setting) -> bool:
    """Whether two short candidates, one below the other and of one size, could be one name."""
    first, second = setting.lines[a.line], setting.lines[b.line]
    if a.label or b.label or a.line == b.line or not is_below(first, second):
        return False
    words = _own_words(a.text), _own_words(b.text)
    if max(words) > 2 or sum(words) > 4 or not (_is_short(a.text) and _is_short(b.text)):
        return False
    if not (first.has_place and second.has_place):
        return True
    small, large = sorted((first.height, second.height))
    return large <= 1.45 * small


def _own_words(text: str) -> int:
    """The words of a name without its particles."""
    return sum(folded(w) not in person.PARTICLES for w in text.split())


def _is_short(text: str) -> bool:
    words = judge.words_of(text)
    return bool(words) and judge.name(text, []) >= 0.3 and judge.title(text) < GOOD


def _scored(text: str, used: tuple[int, ...], candidate: Candidate, setting: Setting) -> Scored:
    """How likely the text is the name: its shape, then what the card says about it."""
    score = judge.name(text, []) if text.isascii() or not _is_eastern(text) else _eastern(text)
    if candidate.label == NAME:
        score = max(score, 0.8) + 0.3
    elif candidate.label:
        return Scored(text, 0.0, used, candidate)
    if score <= 0:
        return Scored(text, 0.0, used, candidate)
    found = picture_evidence.support(text, setting.evidence)
    score += {2: 0.4, 1: 0.25, 0: 0.0, -1: -0.1}[found.level]
    score += _placed(used, setting) + _sized(used, setting)
    if found.level < 2 and _is_company(text, setting):
        score -= 0.3
    if len(used) > 1:
        score -= 0.05 if found.level > 0 else 0.15
    words = text.split()
    spoken = set(judge.words_of(text))
    score += 0.12 if any(folded(w) in GIVEN for w in words[:2]) else 0.0
    if len(words) == 2 and folded(words[0]) in GIVEN and spoken & TITLES == {folded(words[1])}:
        score += SURNAME
    score -= 0.35 if spoken & TRADES and found.level < 2 else 0.0
    if any(len(w) > 3 and w.endswith((".", "!")) and not _is_titular(w) for w in words):
        score -= 0.3
    return Scored(text, score - 0.005 * min(used), used, candidate)


def _is_titular(word: str) -> bool:
    return person.is_honorific(word) or person.is_suffix(word)


def _is_company(text: str, setting: Setting) -> bool:
    return any(judge.fits(text, host) for host in setting.hosts)


def _placed(used: tuple[int, ...], setting: Setting) -> float:
    """A title right below (or above) makes a name likelier."""
    last, first = max(used), min(used)
    if last in setting.titled or last + 1 in setting.titled:
        return 0.15
    return 0.08 if {first - 1, last + 2} & setting.titled else 0.0


def _sized(used: tuple[int, ...], setting: Setting) -> float:
    """The largest texts are the name or the company: a hint and no more."""
    sizes = heights(setting.lines)
    own = max(setting.lines[at].height for at in used)
    if not sizes or own <= 0:
        return 0.06 if min(used) == 0 else 0.0
    middle = sizes[len(sizes) // 2]
    if own >= sizes[0] * 0.9:
        return 0.1
    return 0.05 if own > 1.15 * middle else 0.0 if own > 0.9 * middle else -0.08


def _is_eastern(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(ord(c) > 0x2E80 for c in letters)


def _eastern(text: str) -> float:
    """A name in Han, kana or Hangul: two to four characters, or two short words, of no place."""
    plain = text.replace(" ", "").replace("·", "")
    if any(word in text for word in (*EAST_ORGS, *EAST_TITLES)):
        return 0.0
    if plain[-1:] in EAST_UNITS:
        return 0.3
    if any(c in EAST_PLACES for c in plain[1:]) or any(c.isdigit() for c in plain):
        return 0.2 if len(plain) <= 3 else 0.0
    if 2 <= len(plain) <= 4:
        return 0.75 if plain[0] in HAN_FAMILIES and len(plain) < 4 else 0.65
    return 0.6 if 5 <= len(plain) <= 7 and len(text.split()) == 2 else 0.0


def _cased(text: str, setting: Setting) -> str:
    """All capitals as proper case in the way of the region; titles off its front stay known."""
    words = text.split()
    if setting.region in {"TR", "AZ"}:
        words = [
            picture_accents.lowered(w, setting.region) if len(w) > 2 and w.isupper()
            and not _is_titular(w) else w for w in words
        ]  # fmt: skip
    if setting.region in NO_PARTICLES:
        words = [w.capitalize() if w.isupper() and len(w) > 1 and w.isalpha() else w for w in words]
    return _bare(person.straight(" ".join(words)), setting.region)


def _bare(name: str, region: str) -> str:
    """The name without titles before and degrees behind it; the first word has its capital."""
    words = name.replace(",", " , ").split()
    while len(words) > 1 and (is_titular(words[0]) or words[0] in {",", "/"}):
        words = words[1:]
    cut = next((at for at, w in enumerate(words) if at and w in {",", "("}), len(words))
    words = words[:cut]
    while len(words) > 1 and person.is_suffix(words[-1]) and words[-1].lower().strip(".") not in (
        {"ma", "sr", "jr", "ba"} if len(words) < 3 else {"jr", "sr"}
    ):  # fmt: skip
        words = words[:-1]
    if words and words[0].islower() and len(words) > 1 and region not in {"NL", "BE"}:
        words[0] = words[0][0].upper() + words[0][1:]
    return " ".join(words).strip(" ,;-–(")

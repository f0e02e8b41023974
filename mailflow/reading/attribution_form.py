"""Whether some words have the form of an attribution: a date, a name, an address, a verb."""

from collections.abc import Sequence

from mailflow.reading.attribution_words import (
    LAST_WORDS,
    NO_NAMES,
    NO_SPACES,
    PHRASES,
    STARTS,
    TAILS,
)

MAX_NAME_WORDS = 9
PADDED = tuple(f" {phrase} " for phrase in PHRASES)


def judge(text: str) -> bool | None:
    """True for a sure attribution, False for a possible one, None for none.

    Sure: a verb with a date or a bracketed address; or a date that leads, with an address and a
    colon (Gmail in languages without a verb). Possible: a short name and a verb alone.
    """
    flat = text.strip("-*_ \ufeff\u200e\u200f")
    low = flat.lower()
    ending = verb_at_end(low)
    words = flat.split()
    has_colon = low.rstrip(" *-_\u00a0").endswith((":", "："))
    address = has_address(words)
    dated = has_date(low)
    if ending:
        if text.lstrip().startswith("--") and text.rstrip().endswith("--"):
            return True
        opens = words[0].lower() in STARTS
        if not (has_colon or opens or address or low.rstrip(TAILS).endswith(NO_SPACES)):
            return None  # prose: “… since 2000,” she said
        if dated and date_leads(words):
            return True
        if (address or dated) and len(words) <= MAX_NAME_WORDS + 16:
            return address or words[0].lower() in STARTS
        return False if len(words) <= MAX_NAME_WORDS and has_colon else None
    if has_colon and dated and (verb_inside(low) or (address and date_leads(words))):
        return True
    if has_colon and address and verb_inside(low) and len(words) <= MAX_NAME_WORDS + 8:
        return True
    if has_colon and address and _dated_after_address(words):
        return True
    if is_iso(words) and (low.endswith((">", "):", ">:")) or "gmt" in low[:30]):
        return True
    return None


def _dated_after_address(words: Sequence[str]) -> bool:
    """`Missatge de Name <address> del dia dl., 2 de març 2026 a les 16:05:` — no verb at all."""
    places = [index for index, word in enumerate(words[:9]) if "@" in word and word[:1] in "<("]
    if not places or not words[0][:1].isupper() or len(words) > places[0] + 12:
        return False
    after = words[places[0] + 1 :]
    return has_date(" ".join(after)) and any(c.isdigit() for c in after[-1]) if after else False


def sender_in(text: str) -> str:
    """`Name <address>` out of an attribution with a bracketed address; empty if there is none."""
    opened = max(text.rfind("<"), text.rfind("("))
    while opened > 0 and "@" not in text[opened:]:
        opened = max(text.rfind("<", 0, opened), text.rfind("(", 0, opened))
    if opened < 0:
        return ""
    name: list[str] = []
    for word in reversed(text[:opened].rstrip(" (<").split()):
        bare = word.strip("\"“”„«»‘’'*,")
        if any(char.isdigit() for char in word) or bare.lower() in NO_NAMES:
            break
        name.append(word)
        if word[:1] in '"“„«':
            break
    return " ".join(reversed(name)).strip(", ") + " " + text[opened:]


def verb_at_end(low: str) -> bool:
    tail = low.rstrip(TAILS)
    if tail.endswith(NO_SPACES):
        return True
    if tail[tail.rfind(" ") + 1 :] not in LAST_WORDS:
        return False
    for phrase in PHRASES:
        if tail.endswith(phrase):
            before = tail[: -len(phrase)]
            return not before or not before[-1].isalnum()
    return False


def has_address(words: Sequence[str]) -> bool:
    """Something on both sides of an `@`: `@09:19AM` is none."""
    for word in words:
        local, mark, domain = word.strip("<>()[],:;\"'").partition("@")
        if mark and local and len(domain) > 1:
            return True
    return False


def has_verb(line: str) -> bool:
    """Whether any word of a line may be the verb: a cheap look before the careful one."""
    low = line.lower()
    if not LAST_WORDS.isdisjoint(low.rstrip(TAILS).split()):
        return True
    return any(word in low for word in NO_SPACES)


def verb_inside(low: str) -> bool:
    """A verb as a word of its own between date and name."""
    if LAST_WORDS.isdisjoint(low.split()):
        return False
    padded = f" {low} "
    return any(phrase in padded for phrase in PADDED)


def has_date(low: str) -> bool:
    """A year, a date in figures or a time of day somewhere in the line."""
    for word in low.split():
        word = word.strip(",;()[]\"'.")
        digits = sum(char.isdigit() for char in word)
        if digits == 4 and word[:2] in {"19", "20"} and len(word) <= 6:
            return True
        if digits >= 3 and any(mark in word for mark in ":./-年月") and word[:1].isdigit():
            return True
        if "年" in word or "년" in word:
            return True
    return False


def date_leads(words: Sequence[str]) -> bool:
    """A figure among the first words, as in every client's form."""
    return any(any(char.isdigit() for char in word) for word in words[:5])


def is_iso(words: Sequence[str]) -> bool:
    """`2011/4/7 Name <address>` and `2016-03-03 17:21 GMT+01:00 Name`."""
    first = words[0]
    parts = first.replace("/", "-").split("-")
    return len(parts) == 3 and all(p.isdigit() for p in parts) and len(parts[0]) == 4

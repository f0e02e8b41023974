"""Which language somebody writes in, told by header fields alone: a hint, never more."""

import re
from functools import lru_cache

MAX_SUBJECT = 200
"""Characters of a subject that are looked at."""

TAG = re.compile(r" *([a-z]{2,3})(?=[-_,;]|\Z)", re.IGNORECASE | re.ASCII)
"""The primary subtag of a language tag (RFC 5646 §2.2.1)."""

NO_LANGUAGE = frozenset({"mul", "und", "zxx", "mis"})
"""Tags that name several languages or none (RFC 5646 §4.1)."""

PREFIXES = {
    "aw": "de", "wg": "de", "antw": "nl", "doorst": "nl", "betr": "nl", "sv": "sv", "vs": "fi",
    "vl": "fi", "ynt": "tr", "ilt": "tr", "odp": "pl", "rif": "it", "tr": "fr", "rv": "es",
    "res": "pt", "enc": "pt", "vá": "hu", "továbbítás": "hu", "απ": "el", "σχετ": "el", "πρθ": "el",
    "отв": "ru", "на": "ru", "пер": "ru", "回复": "zh", "答复": "zh", "转发": "zh", "回覆": "zh",
    "轉寄": "zh", "返信": "ja", "転送": "ja",
}  # fmt: skip
"""What clients put before a subject in their user's language when answering or forwarding."""

SCRIPTS = (
    (0x0370, 0x03FF, "el"), (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "ar"), (0x0900, 0x097F, "hi"),
    (0x0E00, 0x0E7F, "th"), (0x3040, 0x30FF, "ja"), (0xAC00, 0xD7AF, "ko"), (0x4E00, 0x9FFF, "zh"),
    (0x0400, 0x04FF, "ru"),
)  # fmt: skip
"""Blocks of characters that nearly one language alone is written in."""

UKRAINIAN = frozenset("іїєґІЇЄҐ")


def hint(content_language: str, accept_language: str, subject: str) -> str:
    """The primary language subtag (ISO 639: "de", "ja"), or "" when nothing tells.

    1. The mail's Content-Language (RFC 3282), 2. what the client put before the subject, 3. the
    script of the subject, 4. the first of Accept-Language, which many clients leave at English.
    """
    return _tag(content_language) or _of_subject(subject[:MAX_SUBJECT]) or _tag(accept_language)


def _of_subject(subject: str) -> str:
    if subject.isascii() and ":" not in subject[:12]:
        return ""
    prefix, colon, _ = subject[:14].replace("：", ":").partition(":")
    written = prefix.strip().casefold().replace("i\u0307", "i")
    if colon and (found := PREFIXES.get(written)):
        return found
    return "" if subject.isascii() else _of_script(subject)


def _of_script(subject: str) -> str:
    """Kana before Han, for Japanese has both; otherwise the script most letters are of."""
    counts: dict[str, int] = {}
    for char in subject:
        code = ord(char)
        if code >= 0x0370:
            for first, last, language in SCRIPTS:
                if first <= code <= last:
                    counts[language] = counts.get(language, 0) + 1
                    break
    if not counts:
        return ""
    if "ja" in counts:
        return "ja"
    most = max(counts, key=lambda language: counts[language])
    return "uk" if most == "ru" and not UKRAINIAN.isdisjoint(subject) else most


@lru_cache(maxsize=256)
def _tag(value: str) -> str:
    found = TAG.match(value[:40].rstrip())
    tag = found[1].lower() if found else ""
    return "" if tag in NO_LANGUAGE else tag

"""Mail addresses found in a line as an engine read it, with the misread characters put right."""

from dataclasses import dataclass
from unicodedata import combining, normalize

from mailflow.model.address import Address
from mailflow.reading.cards import picture_labels
from mailflow.reading.cards.vocabulary import EMAIL, TOPS

MAX_EACH = 6
"""Addresses of one line that are looked for."""
MAX_LOCAL, MAX_HOST = 64, 80
LOCAL = frozenset("._+-'&")
AT_WORDS = ("(@)", "[@]", "{@}", "(at)", "[at]", "{at}", "<at>", "(a)", "@)", "(@", " at ", "©",
            "®", "⓪", "@@")  # fmt: skip
"""What stands for an `@`: written so against robots, or read so by an engine."""
ENDINGS = {
    "c0m": "com", "corn": "com", "cor": "com", "cpm": "com", "c om": "com", "coml": "com",
    "conn": "com", "comn": "com", "om": "com", "cm": "com", "con": "com", "co1": "co", "lo": "io",
    "1o": "io", "i0": "io", "l0": "io", "10": "io", "0rg": "org", "orq": "org", "ora": "org",
    "nef": "net", "nel": "net", "net.": "net", "1t": "it", "lt": "lt", "d6": "de", "dc": "de",
    "ch.": "ch", "f1": "fi", "n1": "nl", "p1": "pl", "c1": "cl", "sq": "sg", "ln": "in", "1n": "in",
    "1e": "ie", "ukl": "uk", "hk.": "hk", "eom": "com", "oom": "com", "ccm": "com", "co.": "co",
    "lnfo": "info", "b1z": "biz", "blz": "biz", "eclu": "edu", "jp.": "jp", "ip": "jp",
}  # fmt: skip
"""Endings of hosts as engines misread them."""
SECONDS = {"cem": "com", "ce": "co", "c0m": "com", "corn": "com", "conn": "com", "con": "com",
           "cm": "com", "om": "com", "c0": "co", "0rg": "org", "orq": "org",
           "nel": "net"}  # fmt: skip
"""The same before the ending of a country."""
GLUED = ("e-mail", "email", "e mail", "mailto", "correo", "courriel", "e-maii", "emaii", "mail")
SECOND = frozenset(["co", "com", "org", "net", "ac", "edu", "gov", "or", "ne", "go", "nom", "mil"])


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a line from `start` to `end`. `mended` counts the characters put right;
    `glued` is the local part with a label stuck to it, if that is what it may be."""

    address: Address
    start: int
    end: int
    mended: int = 0
    glued: str = ""


def find(text: str) -> list[Found]:
    """The addresses in one line, at most six. Never raises."""
    found: list[Found] = []
    start = 0
    while len(found) < MAX_EACH and (mark := _at_mark(text, start)) is not None:
        at, length = mark
        one = _around(text, at, length, start)
        if one is not None:
            found.append(one)
        start = one.end if one is not None else at + length
    return found


def _at_mark(text: str, start: int) -> tuple[int, int] | None:
    """Where the next `@`, or what stands for one, begins and how long it is."""
    plain = text.find("@", start)
    found = [(plain, 1)] if plain >= 0 else []
    lowered = text.lower() if text.isascii() or len(text.lower()) == len(text) else text
    for word in AT_WORDS:
        at = lowered.find(word, start)
        if at >= 0 and ("@" in word or _could_be_at(lowered, at, len(word))):
            found.append((at, len(word)))
    return min(found, key=lambda item: (item[0], -item[1])) if found else None


def _could_be_at(text: str, at: int, length: int) -> bool:
    """Whether ` at ` or `©` stands between a local part and a host, and not in a sentence."""
    behind = text[at + length :].lstrip().split(" ", 1)[0]
    before = text[:at].rstrip().rpartition(" ")[2]
    host = behind.replace("(dot)", ".").replace("[dot]", ".").rstrip(".,;")
    return bool(before) and "." in host and host.rpartition(".")[2] in TOPS


def _around(text: str, at: int, length: int, floor: int) -> Found | None:
    host, end, mended = _host(text, at + length)
    local, start, more = _local(text, at, floor)
    if not host or not local:
        return None
    bare, cut = _without_label(local)
    address = Address.maybe(f"{bare}@{host}")
    if address is None or "." not in host:
        return None
    is_plain = text[at : at + length] == "@"
    glued = local if cut else ""
    return Found(address, start, end, mended + more + (not is_plain), glued)


def _host(text: str, start: int) -> tuple[str, int, int]:
    """The host from `start` on, where it ends, and how many characters were put right: spaces
    taken out, commas made points, an ending such as `c0m` read as `com`."""
    out: list[str] = []
    at, mended, end = start, 0, start
    limit = min(len(text), start + MAX_HOST)
    while at < limit:
        character = text[at]
        if character.isalnum() or character in ".-_":
            out.append(character)
            end = at + 1
        elif character in ",;:" and out and at + 1 < limit and text[at + 1].isalpha():
            if _ending("".join(out)) in TOPS:
                break
            out.append(".")
            mended += 1
        elif character == " ":
            behind = text[at + 1 :].lstrip()
            if not _goes_on("".join(out), behind):
                break
            mended += bool(out)
        else:
            break
        at += 1
    host = "".join(out).replace("_", "-").strip(".-").replace("..", ".")
    host, more = _with_ending(host)
    return host, end, mended + more


def _goes_on(host: str, behind: str) -> bool:
    """Whether a host goes on behind a space: nothing stood there yet, a point stands on either
    side of it, or the ending is still missing and follows."""
    if not behind or not (behind[0].isalnum() or behind[0] in ".,"):
        return False
    if not host or host[-1] in ".-":
        return True
    if behind[0] in ".,":
        return behind[1:].lstrip()[:1].isalpha()
    if _ending(host) in TOPS:
        return False
    word = behind.split(" ", 1)[0].rstrip(".,;")
    return "." in word and "@" not in word and word.rpartition(".")[2].lower() in TOPS


def _ending(host: str) -> str:
    return host.rpartition(".")[2].lower() if "." in host else ""


def _with_ending(host: str) -> tuple[str, int]:
    """The host with the ending hosts have, where a known misreading stands for it, or where it
    lost its point (`acmecom` stays: nothing proves it)."""
    head, _, ending = host.lower().rpartition(".")
    front, point, second = head.rpartition(".")
    if point and len(ending) == 2 and ending in TOPS and SECONDS.get(second):
        return f"{front}.{SECONDS[second]}.{ending}", 1
    if not head or ending in TOPS:
        return host, 0
    if ending in ENDINGS:
        return f"{host[: len(head)]}.{ENDINGS[ending]}", 1
    return host, 0


def _local(text: str, at: int, floor: int) -> tuple[str, int, int]:
    """The local part that ends before `at`, where it starts, and how many spaces were taken out."""
    stop = max(floor, at - MAX_LOCAL - 8)
    start = at
    mended = 0
    while start > stop:
        character = text[start - 1]
        if character == " ":
            if not _spaced(text[stop : start - 1], text[start:at]):
                break
            mended += start != at
        elif not (character.isalnum() or character in LOCAL):
            break
        start -= 1
    local = "".join(c for c in text[start:at] if c != " ")
    return _plain(local.strip("'&-").lstrip("._")).rstrip("."), start, mended


def _spaced(before: str, behind: str) -> bool:
    """Whether a space stands inside a local part: right before the `@`, or beside a point or a
    low line that joins both sides."""
    if not before:
        return False
    if not behind.strip():
        return not behind and (before[-1].isalnum() or before[-1] in "._-")
    word = before.rpartition(" ")[2]
    if behind[0] in "._" and len(behind) > 1:
        return word[-1:].isalnum() and picture_labels.kind(word) != EMAIL
    is_joint = word[-1:] in {"_", "."} and len(word) > 2 and word[:-1].isalpha()
    is_half = word.islower() and any(c in "._" for c in word[1:-1]) and behind.strip().islower()
    return (is_joint or is_half) and picture_labels.kind(word) is None


def _plain(local: str) -> str:
    """Without accents that addresses hardly ever bear and engines put there; other scripts stay."""
    if local.isascii():
        return local
    plain = "".join(c for c in normalize("NFKD", local) if not combining(c))
    return plain if plain.isascii() else local


def _without_label(local: str) -> tuple[str, bool]:
    """`Emailjane` without the label stuck to it, and whether one was cut off."""
    lowered = local.lower()
    for label in GLUED:
        rest = lowered.removeprefix(label).lstrip(".:-_")
        if rest != lowered and len(rest) > 1 and rest[0].isalnum():
            return local[len(local) - len(rest) :], True
    return local, False

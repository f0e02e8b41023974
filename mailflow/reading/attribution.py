"""Lines that introduce a quotation: “On Monday Jane wrote:” in any client's language."""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_LINES = 6
MAX_CHARS = 600
MAX_NAME_WORDS = 9

VERBS = """
en wrote | writes | sent | said | wrote in message | spake | scribbled
de schrieb | schrieben | schrieb folgendes | schreibt | hat geschrieben
fr a écrit | écrivait | a ecrit | écrit | à écrit
es escribió | ha escrito | escribio | escribía
it ha scritto | scrive | ha scritto quanto segue
pt escreveu | escreveu o seguinte
nl schreef | geschreven | het volgende geschreven | schreef het volgende | heeft geschreven
da skrev | skrev følgende
no skrev | skreiv
sv skrev | skrev följande
fi kirjoitti | kirjoitti seuraavaa
pl napisał | napisał(a) | napisała | pisze
cs napsal | napsal(a) | napsala
sk napísal | napísal(a) | napísala | napísal/a
hu írta | ezt írta | a következőt írta
ro a scris
hr je napisao/la | je napisao | je napisala | napisao
sl je napisal/a | je napisal | je napisala
sr је написао/ла | је написао
el έγραψε
ru написал | написала | написал(а) | пишет | писал
uk пише | написав | написала | написав(ла)
bg написа
tr yazdı | şunu yazdı | şunları yazdı
ca va escriure | ha escrit
eu idatzi du
et kirjutas
lt rašė
lv rakstīja
vi đã viết
id menulis
zh 写道 | 寫道 | 写到 | 来信写道
ja のメール | wrote | は書きました
ko 작성 | 님이 작성 | 님이 씀
he כתב | כתב/ה | כתבה | ‏כתב
ar كتب | كتبت | كتب/ت
fa نوشت
th เขียนว่า
"""
"""The verb that ends an attribution, or stands between date and name (“schreef Jane:”)."""

OPENERS = """
on at am le el il in op den d. dnia w dne dňa em no på pe la în u dana dne: στις pada vào 在 于 於 ב- ב בתאריך
em: le: am: on: op: el: il: ngày date: lúc kl. kl tarihinde tir. man. ons. tor. fre. lør. søn.
"""
"""First words of attributions, before the date."""

NO_NAMES = frozenset(
    """heeft wrote schrieb skrev a at um klo kl klo. om o v à las alle às użytkownik uživatel
    používateľ пользователь користувач kullanıcısı időpontban am pm giorno data from de""".split()
)
"""Words that stand between the date and the name."""

EXTRA_TAILS = (":", "：", "-", "–", "—", "*", " ", "\u00a0", "\u202f", "،", "_", ">", '"')


def _table(text: str) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for row in text.strip().splitlines():
        for word in row.split(" ", 1)[1].split("|"):
            words[word.strip().lower()] = None
    return tuple(sorted(words, key=len, reverse=True))


PHRASES = _table(VERBS)
LAST_WORDS = frozenset(phrase.split()[-1] for phrase in PHRASES)
INNER = (" On ", "-On ", " Am ", " Le ", " El ", " Il ", " Em ", " Op ", " Den ", " Dnia ", " W dniu ")
STARTS = frozenset(OPENERS.split())
NO_SPACES = ("写道", "寫道", "写到", "のメール", "작성", "님이 씀", "เขียนว่า")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Lines `start` to `end` (exclusive) introduce what follows; `text` is them joined.

    `is_sure` is false for one that only its place before a marked quotation makes credible.
    """

    start: int
    end: int
    text: str
    is_sure: bool = True


def find_at(lines: Sequence[str], at: int) -> Attribution | None:
    """The attribution that begins in line `at`, over up to six lines (one may be empty)."""
    first = lines[at].strip()
    if not first or len(first) > MAX_CHARS or not _may_begin(first):
        return None
    joined = ""
    blanks = 0
    for index in range(at, min(len(lines), at + MAX_LINES)):
        line = lines[index].strip(" \t\u00a0")
        if not line:
            blanks += 1
            if blanks > 1 or "<" not in "".join(lines[index + 1 : index + 2])[:3]:
                return None
            continue
        if index > at and line.startswith(">") and joined.count("<") <= joined.count(">"):
            return None
        joined = f"{joined} {line}" if joined else line
        if len(joined) > MAX_CHARS:
            return None
        if index == at and _is_gmail_iso(line.split()) and "GMT" in line[:24]:
            return Attribution(at, at + 1, line)
        if _ends(line) and (sure := judge(joined)) is not None:
            if _begins_later(lines, at, index):
                return None
            return Attribution(at, index + 1, joined, sure)
    return None


def _begins_later(lines: Sequence[str], at: int, last: int) -> bool:
    """Whether one that ends in the same line begins in a later one: “… in 2 weeks.⏎On 3 May …”."""
    for index in range(at + 1, last + 1):
        words = lines[index].split()
        if not words or not (_opens(words) or ("@" not in words[0] and has_date(words[0]))):
            continue
        rest = " ".join(line.strip() for line in lines[index : last + 1])
        if judge(rest):
            return True
    return False


def _opens(words: Sequence[str]) -> bool:
    """An opener with a figure close behind it."""
    return words[0].lower() in STARTS and any(any(c.isdigit() for c in w) for w in words[1:6])


def find_speaker(lines: Sequence[str], at: int) -> Attribution | None:
    """A short paragraph from line `at` that only its place right above a marked line betrays.

    “Jane Roe:”, “Jane mused:”, “Quoting Jane <jane@x.org>:”, “In article <id> you write:”, “On Tue,
    3 Sep 2002 the voices made Jane write:” — whoever calls this knows that marks follow.
    """
    end = at
    while end < len(lines) and end - at < 3 and lines[end].strip() and lines[end].lstrip()[0] != ">":
        if end > at and find_at(lines, end) is not None:
            return None
        end += 1
    text = " ".join(line.strip() for line in lines[at:end])
    if end == at + 1 and text[0] == "[" and text[-1] == "]" and len(text.split()) <= 4:
        return Attribution(at, end, text)
    if not text.endswith((":", "：", "...", "…")) or len(text) > MAX_CHARS // 2:
        return None
    low, words = text.lower(), text.split()
    if words[0].lower() in STARTS and has_date(low) and _date_leads(words):
        return Attribution(at, end, text)
    if "@" in low and text.endswith((":", "：")) and len(words) <= MAX_NAME_WORDS + 4:
        return Attribution(at, end, text)
    if text.endswith((":", "：")) and len(words) <= 6 and _is_speaker(words):
        return Attribution(at, end, text)
    return None


def _is_speaker(words: Sequence[str]) -> bool:
    """A name alone, or a name and a verb in the past or the third person."""
    bare = [word.rstrip(":：") for word in words]
    if any(mark in word for word in bare for mark in ",;?!()") or not bare[0][:1].isupper():
        return False
    capital = [word[:1].isupper() for word in bare]
    if all(capital):
        return len(bare) <= 4
    verb = bare[-1]
    return (
        not capital[-1]
        and (verb.endswith(("ed", "es", "wrote", "said", "says", "thusly")) or verb in LAST_WORDS)
        and sum(capital) >= len(bare) - 2
    )


def place_within(line: str) -> int | None:
    """Where an attribution begins inside a line, after other text: “reply On Wed, … wrote:”."""
    if len(line) > MAX_CHARS or not _ends(line):
        return None
    at = 0
    for _ in range(12):
        at = min((p for word in INNER if (p := line.find(word, at)) > 0), default=-1)
        if at < 0:
            return None
        rest = line[at:].lstrip(" -")
        if _opens(rest.split()) and judge(rest):
            return at
        at += 1
    return None


def _may_begin(line: str) -> bool:
    """A cheap look at the first words: an opener, a date, an address, or a verb at the end."""
    head = line[:160].lower().lstrip("-*>_ \ufeff\u200e\u200f")
    word = head.split(" ", 1)[0].strip(",;")
    if word in STARTS or head.startswith(("在", "于", "於", "ב")):
        return True
    if any(char.isdigit() for char in head[:40]):
        return True
    return "@" in line or _ends(line)


def _ends(line: str) -> bool:
    """Whether an attribution may end with this line."""
    tail = line.rstrip("".join(EXTRA_TAILS)).lower()
    if line.rstrip(" -*_\u00a0").endswith((":", "：", ">")):
        return True
    return tail.endswith(NO_SPACES) or (tail.rsplit(None, 1) or [""])[-1] in LAST_WORDS


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
    address = "@" in low
    dated = has_date(low)
    if ending:
        if text.lstrip().startswith("--") and text.rstrip().endswith("--"):
            return True
        if dated and _date_leads(words):
            return True
        if (address or dated) and len(words) <= MAX_NAME_WORDS + 16:
            return True if address or low.split()[0] in STARTS else False
        return False if len(words) <= MAX_NAME_WORDS and has_colon else None
    if has_colon and dated and (verb_inside(low) or (address and _date_leads(words))):
        return True if _date_leads(words) or verb_inside(low) else None
    if has_colon and address and verb_inside(low) and len(words) <= MAX_NAME_WORDS + 8:
        return True
    if _is_gmail_iso(words) and (low.endswith((">", "):", ">:")) or "gmt" in low[:30]):
        return True
    return None


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
        if word[:1] in "\"“„«":
            break
    return " ".join(reversed(name)).strip(", ") + " " + text[opened:]


def verb_at_end(low: str) -> bool:
    tail = low.rstrip("".join(EXTRA_TAILS))
    if tail.endswith(NO_SPACES):
        return True
    for phrase in PHRASES:
        if tail.endswith(phrase):
            before = tail[: -len(phrase)]
            return not before or not before[-1].isalnum()
    return False


def verb_inside(low: str) -> bool:
    """A verb as a word of its own between date and name."""
    padded = f" {low} "
    return any(f" {phrase} " in padded for phrase in PHRASES)


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


def _date_leads(words: Sequence[str]) -> bool:
    """A figure among the first words, as in every client's form."""
    return any(any(char.isdigit() for char in word) for word in words[:5])


def _is_gmail_iso(words: Sequence[str]) -> bool:
    """`2011/4/7 Name <address>` and `2016-03-03 17:21 GMT+01:00 Name`."""
    first = words[0]
    parts = first.replace("/", "-").split("-")
    return len(parts) == 3 and all(p.isdigit() for p in parts) and len(parts[0]) == 4

"""A typed line brought into the form it is usually written in, before it is read."""

from mailflow.model.text import folded
from mailflow.reading.names import bare

DAYS = ("yesterday", "today", "last night", "this morning", "this afternoon", "tonight")
WHO = ("i ", "we ", "i've ", "we've ", "just ", "i just ", "we just ", "")
LABELS = frozenset(["email", "e-mail", "mail", "address", "tel", "phone", "mobile", "contact"])
AT_SIGNS = (" [at] ", "[at]", " (at) ", "(at)")
DOTS = (" [dot] ", "[dot]", " (dot) ", "(dot)")
MAX_INSIDE = 80
LEADS = ("i just met with ", "i just met ", "just met ", "i met with ", "i met ", "we met ",
         "met up with ", "met with ", "met ")  # fmt: skip
THEY_ARE = ("she is ", "he is ", "they are ", "she's ", "he's ", "is ")


def as_met(line: str) -> str | None:
    """`Yesterday I met Jane …` as `met Jane …, yesterday`; None for what begins otherwise. Only
    lines with an address: anything else that begins so is prose."""
    lowered = folded(line[:40])
    day = next((day for day in DAYS if lowered.startswith(f"{day} ")), "")
    start = len(day) + 1 if day else 0
    who = next((who for who in WHO if lowered.startswith(f"{who}met ", start)), None)
    if who is None or (not who and not day) or "@" not in line:
        return None
    rest = line[start + len(who) :]
    return f"{rest}, {day}" if day else rest


def straightened(text: str) -> str:
    """Without labels before the address, brackets around what belongs to the person, and the
    spelling that hides an address from robots; a colon before the address is a comma."""
    for signs, plain in ((AT_SIGNS, "@"), (DOTS, ".")):
        for sign in signs if "@" not in text or plain == "." else ():
            text = text.replace(sign, plain)
    return _without_brackets(_with_commas(text))


def _with_commas(text: str) -> str:
    """Colons up to the address as commas, and labels such as `email:` gone."""
    words = text.split()
    at = next((i for i, w in enumerate(words) if "@" in w[1:] and bare(w.strip("():,;"))), None)
    if at is None:
        return text
    kept: list[str] = []
    for word in words[:at]:
        if folded(word).strip("(:,;.") in LABELS:
            kept.append("(" if word.startswith("(") else ",")
        else:
            kept.append(f"{word[:-1]} ," if word.endswith((":", ";")) else word)
    return " ".join([*kept, *words[at:]])


def _without_brackets(text: str) -> str:
    """`Jane Roe (CTO, Acme) <…>` with commas; `Robert (Bob) Smith` and `(she/her)` stay."""
    opened = text.find("(")
    closed = text.find(")", opened)
    if opened <= 0 or closed < 0 or closed - opened > MAX_INSIDE:
        return text
    inside, after = text[opened + 1 : closed], text[closed + 1 :].lstrip()
    is_pronoun = "/" in inside and " " not in inside.strip()
    goes_on = after[:1].isupper() and not bare(after.split()[0])
    if is_pronoun or goes_on:
        return text
    return f"{text[:opened].rstrip()} , {inside} , {_without_brackets(' ' + after).lstrip()}"


def without_lead(text: str) -> str:
    """Without `met`, `I just met with` and the like."""
    lowered = text.lower()
    if lowered.startswith("met:"):
        return text[len("met:") :].lstrip()
    lead = next((lead for lead in LEADS if lowered.startswith(lead)), "")
    return text[len(lead) :].lstrip(":-–— ").removeprefix("with ")


def without(text: str, leads: tuple[str, ...]) -> str:
    """Without the first of the beginnings it has."""
    lead = next((lead for lead in leads if text.lower().startswith(lead)), "")
    return text[len(lead) :]


def cut_word(text: str, word: str) -> tuple[str, str, str]:
    """What stands before the word, the word, and what stands behind it."""
    at = text.lower().find(word)
    return (text, "", "") if at < 0 else (text[:at], word, text[at + len(word) :].strip())

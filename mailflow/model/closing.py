"""Where a person's own words end: quotes, signature delimiters and the footers phones add."""

from collections.abc import Iterator

from mailflow.model.text import folded

MAX_LINES = 2000
MAX_LINE = 4000

DELIMITERS = frozenset({"--", "---", "-- ", "__", "___", "—", "––", "***"})
"""A line that is only this opens a signature ("-- " is RFC 3676 §4.3)."""

FOOTERS = (
    "sent from my", "sent from gmail", "sent from proton", "sent from samsung", "sent from spark",
    "sent from superhuman", "sent from aol", "sent from fastmail", "sent from mail",
    "sent from outlook", "sent from yahoo", "sent via", "sent with", "get outlook for",
    "sent on the go", "von meinem", "gesendet von", "gesendet mit", "envoye de mon",
    "envoye depuis", "envoye avec", "enviado desde", "enviado do", "inviato da", "verzonden vanaf",
    "verstuurd vanaf", "obtenir outlook", "outlook fur", "diese nachricht wurde von", "typed on",
    "written on my phone",
)  # fmt: skip
"""How a line begins that a mail program put under the text, folded."""

PREFIXES = ("re:", "aw:", "sv:", "fwd:", "fw:", "wg:", "antw:", "tr:", "rif:", "odp:", "vs:", "i:")
"""What mail programs put before the subject of an answer or a forward."""

FAREWELLS = frozenset(
    [
        "thanks", "thank you", "thx", "ty", "cheers", "best", "best regards", "regards", "br",
        "kind regards", "warm regards", "all the best", "best wishes", "sincerely", "yours", "ta",
        "thanks a lot", "many thanks", "thank you very much", "thanks so much", "talk soon",
        "have a good day", "have a nice day", "danke", "vielen dank", "danke dir", "lg", "vg",
        "mfg", "liebe grusse", "viele grusse", "beste grusse", "mit freundlichen grussen",
        "gruss", "grusse", "merci", "cordialement", "bien a vous", "gracias", "saludos",
        "un saludo", "grazie", "saluti", "cordiali saluti", "ciao", "bedankt", "dank je",
        "groeten", "met vriendelijke groet", "groetjes", "obrigado", "obrigada", "abracos", "abs",
        "cumprimentos", "mit besten grussen", "herzliche grusse", "bises", "a bientot",
    ]
)  # fmt: skip
"""Lines that only say goodbye, folded and without punctuation."""


def bare(line: str) -> str:
    """The line folded, without punctuation at either end, with single spaces."""
    return " ".join(folded(line[:MAX_LINE]).split()).strip(" .,;:!?-–—*_~\"'()")


def without_prefix(subject: str) -> str:
    """The subject as first written: "Re: AW: ok" gives "ok"."""
    line = subject.strip()[:MAX_LINE]
    while line.lower().startswith(PREFIXES):
        line = line.partition(":")[2].strip()
    return line


def is_quote(line: str) -> bool:
    return line.lstrip().startswith((">", "|>", "&gt;"))


def is_delimiter(line: str) -> bool:
    return line.strip() in DELIMITERS


def is_footer(line: str) -> bool:
    """A line such as "Sent from my iPhone"."""
    return bare(line).startswith(FOOTERS)


def is_farewell(line: str) -> bool:
    """A line that only thanks or says goodbye."""
    return bare(line) in FAREWELLS


def own_lines(text: str) -> Iterator[str]:
    """The writer's own lines, blank ones included, up to the first quote, signature
    delimiter or footer of a mail program; at most 2,000 lines of 4,000 characters."""
    for line in text.splitlines()[:MAX_LINES]:
        if is_quote(line) or is_delimiter(line) or is_footer(line):
            return
        yield line.rstrip().lstrip("\ufeff\u200b")[:MAX_LINE]

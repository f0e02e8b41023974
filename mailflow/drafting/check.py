"""Whether every template reads well whatever is known: all combinations of present and missing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from mailflow.drafting.introduction_samples import introduction_samples
from mailflow.drafting.render import TO_OWNER, Rendered, Templates
from mailflow.drafting.samples import samples as owner_samples
from mailflow.errors import DraftingError

PRESENT: Mapping[str, str] = {
    "again": "again",
    "title": "CTO",
    "org": "Acme",
    "event": "PyCon",
    "through": "Raj Rao",
    "looking": "looking for introductions to investors",
    "wants": "introductions to investors",
    "offers": "pilot projects",
    "promised": "promised you our benchmark",
    "common_ground": "we both worked at Initech",
    "about": "Ada, who writes compilers",
    "signature": "Ada Byron\nCompilers and more",
    "last_subject": "Good to meet you",
    "quiet": "two months",
    "when": "one morning next week",
    "link": "https://example.org/article",
    "because": "you asked about it",
    "came_of_it": "we meet on Friday",
}
"""Facts that may be missing, each with a value that reads as a real one does."""

NEEDED: Mapping[str, str] = {
    "situation": "met_at_event",
    "first_name": "Jane",
    "owner_first": "Ada",
    "owner_name": "Ada Byron",
    "name": "Jane Roe",
    "thanks_for": "the introduction to Raj",
    "what": "an article on pricing",
    "occasion": "your new role",
}
"""Facts without which no draft is made; always present here."""

NEEDS: Mapping[str, frozenset[str]] = {"met_at_event": frozenset({"event"})}
"""Facts that a situation always has, because they are what it is chosen by."""

MAX_COMBINATIONS = 4096

FLAWS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"\bNone\b"), "says “None”"),
    (re.compile(r"[ \t]\n|[ \t]$"), "has a space at the end of a line"),
    (re.compile(r"\{\{|\}\}|\{%|%\}"), "has a slot left unfilled"),
    (re.compile(r"\(\s*\)|“”|\"\""), "has empty brackets or quotes"),
)

PROSE: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"\S  "), "has two spaces in a row"),
    (re.compile(r"\w [.,;:!?](?:\s|$)"), "has a gap before a punctuation mark"),
    (re.compile(r"[.,;:!?] ?[.,;:](?:\s|$)"), "has an empty sentence"),
    (re.compile(r"(?m)^[.,;:!?]"), "has a line that begins with a punctuation mark"),
    (re.compile(r"[,;:] (?:and|or)?[.?!]"), "has a sentence that breaks off"),
    (re.compile(r"[.?!] [a-z]"), "has a sentence that begins with a small letter"),
)
"""For whole sentences only, as in mails to contacts."""


def check(
    templates: Templates, samples: Mapping[str, Sequence[Mapping[str, object]]] | None = None
) -> tuple[str, ...]:
    """Render everything every way; one sentence for each flaw, empty when all is well.

    Mails to contacts are tried with every combination of the facts they use; letters to the owner
    with samples of their kind, to which `samples` can add (the summary's come from elsewhere).
    """
    found: dict[str, None] = {}
    given = {**owner_samples(), **introduction_samples(), **(samples or {})}
    for kind in templates.kinds:
        try:
            tries = _tries(templates, kind, given.get(kind))
            for variant in range(templates.variants(kind)):
                for values, without in tries:
                    rendered = templates.render(kind, values, variant=variant)
                    found |= dict.fromkeys(_flaws(kind, rendered, variant, without, found))
        except DraftingError as error:
            found[str(error)] = None
    return tuple(found)


def _tries(
    templates: Templates, kind: str, samples: Sequence[Mapping[str, object]] | None
) -> list[tuple[Mapping[str, object], str]]:
    """The values to try, each with the names of the facts it lacks."""
    if samples is not None:
        return [(sample, "") for sample in samples]
    if kind in TO_OWNER:
        return []
    return list(_combinations(templates.names(kind), NEEDS.get(kind, frozenset())))


def _combinations(
    used: frozenset[str], always: frozenset[str]
) -> Iterator[tuple[Mapping[str, object], str]]:
    free = sorted(name for name in PRESENT if name in used and name not in always)
    rest = {**dict.fromkeys(PRESENT, ""), **{name: PRESENT[name] for name in always}, **NEEDED}
    for number, choice in enumerate(product((True, False), repeat=len(free))):
        if number >= MAX_COMBINATIONS:
            return
        chosen = {name: PRESENT[name] for name, has in zip(free, choice, strict=True) if has}
        missing = [name for name, has in zip(free, choice, strict=True) if not has]
        yield {**rest, **chosen}, ", ".join(missing)


def _flaws(
    kind: str, rendered: Rendered, variant: int, without: str, known: Mapping[str, None]
) -> Iterator[str]:
    """Each flaw once for a variant, with the first combination that shows it."""
    where = f"{kind}.j2" if variant == 0 else f"{kind}.j2, variant {variant + 1},"
    if not rendered.subject:
        yield from _once(f"{where} has no subject", without, known)
    if not rendered.body.strip():
        yield from _once(f"{where} has no text", without, known)
    # the letters quote other people's texts, which may be written as they like
    quoted = [line for line in rendered.body.split("\n") if not line.startswith("| ")]
    for text in (rendered.subject, "\n".join(quoted)):
        for pattern, what in FLAWS if kind in TO_OWNER else (*FLAWS, *PROSE):
            flaw = pattern.search(text)
            if flaw:
                near = " ".join(text[max(flaw.start() - 20, 0) : flaw.end() + 10].split())
                yield from _once(f"{where} {what}", f"{without}; near “{near}”", known)


def _once(flaw: str, detail: str, known: Mapping[str, None]) -> Iterator[str]:
    if not any(each.startswith(flaw) for each in known):
        lacking, _, near = detail.partition("; ")
        without = f" without {lacking}" if lacking else ""
        yield f"{flaw}{without}{f', {near}' if near else ''}."

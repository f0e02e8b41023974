"""The new text of a plain-text mail: what is quoted, introduced or signed is told line by line."""

from mailflow.model.mail import Body
from mailflow.reading import attribution, headerblock
from mailflow.reading.body_sign import sign
from mailflow.reading.html_marks import Hint
from mailflow.reading.labels import label_of
from mailflow.reading.page import Page, Sort, initials, is_torn
from mailflow.reading.separators import is_rule, phrase_of

MAX_LINES = 10_000
"""Lines looked at one by one; what comes after them stays together as one more."""
OTHER_MARKS = frozenset("|:}»#%=")


def split_text(text: str) -> Body:
    """The text taken apart; every line goes to exactly one of the three.

    1. Marked lines (`>`) and what introduces them are quoted. 2. The first introduction without
    marks (an attribution, a header block, a separator) quotes all that follows. 3. Of the rest a
    signature, a phone's line and a list's or lawyer's footer are signed. 4. If nothing is left of a
    mail without any introduction, its marked lines are the text.
    """
    return split_page(Page(text.replace("\r\n", "\n").split("\n", MAX_LINES)))


def split_page(page: Page) -> Body:
    """The same for lines that know already how deep they are quoted."""
    page.sorts = [Sort.OWN] * len(page.lines)
    page.initials = initials(page.lines)
    _quote(page)
    sign(page)
    own = _joined(page, Sort.OWN)
    if not own and not _has_introduction(page) and _is_all_marked(page):
        return Body("\n".join(page.lines).strip("\n"))
    return Body(own, _joined(page, Sort.QUOTED), _joined(page, Sort.SIGNED))


def _is_all_marked(page: Page) -> bool:
    return all(page.is_marked(index) for index, line in enumerate(page.lines) if line.strip())


def _has_introduction(page: Page) -> bool:
    bare = [line.lstrip("> ") for line in page.lines[:10]]
    return any(line and attribution.find_at(bare, index) for index, line in enumerate(bare))


def _joined(page: Page, sort: Sort) -> str:
    kept: list[str] = []
    gap = False
    for line, found in zip(page.lines, page.sorts, strict=True):
        if found is not sort:
            gap = True
            continue
        is_blank = not line.strip()
        if is_blank and (gap or page.depths) and kept and not kept[-1]:
            continue
        if gap and kept and kept[-1]:
            kept.append("")
            if is_blank:
                continue
        gap = gap and is_blank
        kept.append(line.rstrip())
    while kept and not kept[-1].strip():
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return "\n".join(kept)


def _quote(page: Page) -> None:
    """Steps 1 and 2."""
    lines = page.lines
    at = 0
    while at < len(lines):
        line = lines[at]
        hint = page.hint(at)
        if hint is Hint.REST and not page.depths[at]:
            page.mark(at, len(lines), Sort.QUOTED)
            return
        if page.is_marked(at):
            at = _marked_block(page, at)
        elif not line.strip():
            at += 1
        elif hint is Hint.INTRO:
            at = _hinted_introduction(page, at)
        elif (place := attribution.place_within(line)) is not None and not page.hints:
            # the reply and what introduces the quotation share a line
            lines[at : at + 1] = [line[:place].rstrip(" -"), line[place:]]
            page.sorts.insert(at, Sort.OWN)
            at += 1
        elif (end := _introduction(page, at)) is not None:
            start = _with_rule_above(page, at)
            following = _after_elision(page, _next_full(lines, end))
            _learn_mark(page, following)
            if following is not None and page.is_marked(following):
                page.mark(start, following, Sort.QUOTED)
                at = following
            elif _is_all(page, start):
                page.mark(start, end, Sort.QUOTED)
                at = end
            else:
                page.mark(start, len(lines), Sort.QUOTED)
                return
        else:
            at += 1


def _hinted_introduction(page: Page, at: int) -> int:
    """Mark what the markup calls an introduction, and all below it unless marked lines follow."""
    end = at
    while end < len(page.lines) and page.hint(end) is Hint.INTRO and not page.is_marked(end):
        end += 1
    following = _next_full(page.lines, end)
    if following is None or not page.is_marked(following):
        end = len(page.lines)
    page.mark(at, end, Sort.QUOTED)
    return end


def _after_elision(page: Page, at: int | None) -> int | None:
    """Past a `[...]`, `<snip>` or the like that stands before the marked lines."""
    if at is None or page.is_marked(at) or page.depths:
        return at
    line = page.lines[at].strip()
    is_bracketed = line[:1] in "[<(" and line[-1:] in "]>)" and len(line.split()) <= 4
    if not (is_bracketed or not line.strip(".… ")):
        return at
    after = _next_full(page.lines, at + 1)
    return after if after is not None and page.is_marked(after) else at


def _learn_mark(page: Page, at: int | None) -> None:
    """After an introduction, two lines that begin with `|`, `:` or `}` are marked by it."""
    if at is None or page.is_marked(at) or page.depths:
        return
    first, *rest = [line.lstrip()[:1] for line in page.lines[at : at + 2]]
    if first in OTHER_MARKS and (rest == [first] or (first == "|" and rest in ([], [""]))):
        page.marks += first


def _is_all(page: Page, start: int) -> bool:
    """An attribution with nothing above it and unmarked text below: rather the author's than lost.

    Header blocks and separators are different: what they introduce is surely another mail.
    """
    if page.depths or any(page.lines[index].strip() for index in range(start)):
        return False
    return attribution.find_at(page.lines, start) is not None


def _introduction(page: Page, at: int) -> int | None:
    """The line after an introduction that begins here."""
    lines = page.lines
    line = lines[at]
    if phrase_of(line) is not None:
        following = _next_full(lines, at + 1)
        if following is not None and following - at <= 3:
            block = headerblock.find_at(lines, following)
            return block.end if block else _after_labels(lines, following, at + 1)
        return at + 1
    block = headerblock.find_at(lines, at)
    if block is not None:
        return block.end
    found = attribution.find_at(lines, at)
    if found is None:
        return _speaker(page, at)
    if not found.is_sure:
        following = _next_full(lines, found.end)
        if following is None or not page.is_marked(following):
            return None
    return found.end


def _after_labels(lines: list[str], at: int, otherwise: int) -> int:
    """Below a separator even a single `From:` is a header, as Outlook Express writes it."""
    end = at
    while end < min(len(lines), at + 12) and label_of(lines[end]) is not None:
        end += 1
    return end if end > at else otherwise


def _speaker(page: Page, at: int) -> int | None:
    """The end of a paragraph that is an introduction only because marked lines follow it."""
    if at and page.lines[at - 1].strip() and not page.is_marked(at - 1):
        return None
    end = at
    while end < min(at + 3, len(page.lines)) and page.lines[end].strip():
        if page.is_marked(end):
            break
        end += 1
    following = _next_full(page.lines, end)
    if following is None or following > end + 1 or not page.is_marked(following):
        return None
    found = attribution.find_speaker(page.lines, at, end)
    return None if found is None else found.end


def _next_full(lines: list[str], at: int) -> int | None:
    """The next line that is not empty, within four."""
    for index in range(at, min(len(lines), at + 5)):
        if lines[index].strip(" \t\u00a0"):
            return index
    return None


def _with_rule_above(page: Page, at: int) -> int:
    """A rule right above an introduction belongs to it."""
    for index in range(at - 1, max(-1, at - 4), -1):
        if page.lines[index].strip():
            return index if is_rule(page.lines[index], 3) else at
    return at


def _marked_block(page: Page, at: int) -> int:
    """Mark lines as long as they are quoted, or are the torn-off end of a quoted line."""
    lines = page.lines
    index = at
    while index < len(lines):
        if page.is_marked(index) or is_torn(page, index):
            page.sorts[index] = Sort.QUOTED
            index += 1
        else:
            break
    return index

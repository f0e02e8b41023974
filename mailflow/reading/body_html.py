"""The new text of an HTML mail: the clients' own containers first, then the rules for text."""

from dataclasses import replace

from mailflow.model.mail import Body
from mailflow.reading import html as markup
from mailflow.reading.body_text import MAX_LINES, split_page
from mailflow.reading.html_marks import Hint
from mailflow.reading.page import Page


def split_html(html: str) -> Body:
    """The text of the HTML taken apart; quotations lose their marks, as they were containers.

    Blockquotes and the quote containers of clients are quoted lines; an element that says
    “the earlier mail begins here” quotes all that follows; signature containers are signed.
    """
    lines = markup.lines_of(html)
    if len(lines) > MAX_LINES:
        rest = "\n".join(line.text for line in lines[MAX_LINES:])
        lines = (*lines[:MAX_LINES], replace(lines[MAX_LINES], text=rest))
    page = Page(
        [line.text for line in lines],
        depths=[line.depth for line in lines],
        hints=[line.hint for line in lines],
    )
    return split_page(page)


def plain(html: str) -> str:
    """The whole as readable text, quotations marked with `>`."""
    out: list[str] = []
    for line in markup.lines_of(html):
        if line.hint is Hint.RULE:
            continue
        out.append(f"{'>' * line.depth} {line.text}".rstrip() if line.depth else line.text)
    return "\n".join(out).strip("\n")

"""What follows the author's text: signatures, the lines phones add, footers of lists."""

from mailflow.reading import signoff
from mailflow.reading.html_marks import Hint
from mailflow.reading.page import Page, Sort
from mailflow.reading.separators import is_rule


def sign(page: Page) -> None:
    """Step 3."""
    _from_delimiter(page)
    for index, line in enumerate(page.lines):
        if page.sorts[index] is not Sort.OWN or not line.strip():
            continue
        if page.hint(index) is Hint.SIGNATURE:
            page.sorts[index] = Sort.SIGNED
        elif (
            signoff.is_list_footer(page.lines, index)
            or signoff.is_underlined(page.lines, index)
            or (_is_alone(page, index) and signoff.is_mobile_line(line))
        ):
            _sign_own(page, index)
    _trim_rules(page)


def _sign_own(page: Page, start: int) -> None:
    for index in range(start, len(page.lines)):
        if page.sorts[index] is Sort.OWN:
            page.sorts[index] = Sort.SIGNED


def _is_alone(page: Page, at: int) -> bool:
    """First of its paragraph: nothing of the author's right above."""
    return at == 0 or page.sorts[at - 1] is not Sort.OWN or not page.lines[at - 1].strip()


def _from_delimiter(page: Page) -> None:
    """From a `-- ` on, to the end or to the next quotation."""
    inside = False
    for index, line in enumerate(page.lines):
        if page.sorts[index] is not Sort.OWN:
            inside = False
        elif inside or signoff.is_delimiter(line):
            inside = True
            page.sorts[index] = Sort.SIGNED


def _trim_rules(page: Page) -> None:
    """Rules that nothing follows are no text."""
    for index in range(len(page.lines) - 1, -1, -1):
        if page.sorts[index] is Sort.OWN and page.lines[index].strip():
            if not is_rule(page.lines[index]) and page.lines[index].strip() != "ᐧ":
                return
            page.sorts[index] = Sort.SIGNED

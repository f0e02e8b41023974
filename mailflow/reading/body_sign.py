"""What follows the author's text: signatures, phones' lines, footers of lists and lawyers."""

from mailflow.reading import signoff
from mailflow.reading.html_marks import Hint
from mailflow.reading.legal import sign_legal
from mailflow.reading.page import Page, Sort
from mailflow.reading.separators import is_rule

MAX_SIGNATURE = 20
"""Lines below a delimiter of doubtful form."""


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
    sign_legal(page)
    _trim_rules(page)


def _sign_own(page: Page, start: int) -> None:
    """To the end, or to the next quotation: below that the author may go on."""
    for index in range(start, len(page.lines)):
        if page.sorts[index] is Sort.QUOTED:
            return
        page.sorts[index] = Sort.SIGNED


def _is_alone(page: Page, at: int) -> bool:
    """First of its paragraph, or a few words that are the last of the author's."""
    if len(page.lines[at].split()) <= 6 and _is_last(page, at):
        return True
    return at == 0 or page.sorts[at - 1] is not Sort.OWN or not page.lines[at - 1].strip()


def _is_last(page: Page, at: int) -> bool:
    for index in range(at + 1, min(len(page.lines), at + 4)):
        if page.sorts[index] is not Sort.OWN:
            return True
        if page.lines[index].strip():
            return False
    return at + 4 >= len(page.lines)


def _from_delimiter(page: Page) -> None:
    """From a `-- ` on, to the end or to the next quotation; OpenPGP's armour wherever it stands."""
    inside = armour = False
    for index, line in enumerate(page.lines):
        if page.sorts[index] is not Sort.OWN:
            inside = armour = False
            continue
        if line.startswith("-----BEGIN PGP SIGNED"):
            page.mark(index, index + 2, Sort.SIGNED)  # with the “Hash:” line below it
            continue
        armour = armour or line.startswith("-----BEGIN PGP SIGNATURE")
        inside = inside or _begins_signature(page, index)
        if inside or armour:
            page.sorts[index] = Sort.SIGNED
        armour = armour and not line.startswith("-----END PGP")


def _begins_signature(page: Page, at: int) -> bool:
    """A delimiter; one that lost its space only with few lines below, as it may part sections."""
    line = page.lines[at]
    if not signoff.is_delimiter(line):
        return False
    if line.rstrip("\r\n") == "-- ":
        return True
    below = 0
    for index in range(at + 1, len(page.lines)):
        if page.sorts[index] is not Sort.OWN:
            break
        below += bool(page.lines[index].strip())
        if below > MAX_SIGNATURE:
            return False
    return True


def _trim_rules(page: Page) -> None:
    """Rules that nothing follows are no text, nor is a list's bare link."""
    for index in range(len(page.lines) - 1, -1, -1):
        if page.sorts[index] is Sort.OWN and page.lines[index].strip():
            line = page.lines[index].strip()
            is_link = line.startswith("http") and "/listinfo/" in line and " " not in line
            if not is_rule(line) and line != "ᐧ" and not is_link:
                return
            page.sorts[index] = Sort.SIGNED

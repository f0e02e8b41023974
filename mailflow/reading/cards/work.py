"""What somebody does and where, out of the comma pieces of a typed line."""

from mailflow.model.address import Address
from mailflow.reading.cards import judge

AT = (" at ", " @ ", " bei ", " chez ", " of ", " from ", " with ")
WHOLE = frozenset(
    ["ceo", "cto", "cfo", "coo", "cmo", "cpo", "founder", "co-founder", "cofounder", "owner",
     "president", "partner", "chairman", "chairwoman", "chair", "md", "principal"]
)  # fmt: skip
"""Titles that a company, and no field of work, follows."""
LIKELY = 0.55
MAX_TAIL = 3


def read(pieces: list[str], address: Address) -> tuple[str, str, str]:
    """Title, company and place from pieces such as `CTO at Acme`, `CTO`, `Acme Inc.`, `at Slush`.

    `at X` alone is the company where the domain of the address says so, else where they met.
    """
    title = org = place = ""
    for piece in pieces:
        left, right = _at(piece, address)
        if right and not left and not title and not judge.fits(right, address.domain):
            place = place or right
        elif right:
            title, org = title or left, org or right
        elif _is_company(piece, address):
            org = org or piece
        elif not title:
            title, tail = _tail(piece, address)
            org = org or tail
        else:
            org = org or piece
    return title, org, place


def _at(piece: str, address: Address) -> tuple[str, str]:
    """`CTO at Acme` as title and company; `at Acme` as a company alone. `of` parts only before
    what is a company: a `Head of Data` is one title."""
    lowered = f" {piece.lower()} "
    for joint in AT:
        at = lowered.find(joint)
        if at >= 0:
            left, right = piece[: max(0, at - 1)].strip(), piece[at + len(joint) - 1 :].strip()
            is_whole = left.lower().split()[-1:] != [] and left.lower().split()[-1] in WHOLE
            if joint != " of " or is_whole or judge.fits(right, address.domain):
                return left, right
    return piece, ""


def _is_company(piece: str, address: Address) -> bool:
    return judge.title(piece) < LIKELY <= judge.org(piece, [address], [])


def _tail(piece: str, address: Address) -> tuple[str, str]:
    """`CTO Acme` parted where its last words are the domain's."""
    words = piece.split()
    for count in range(1, min(MAX_TAIL, len(words) - 1) + 1):
        tail = " ".join(words[-count:])
        if judge.title(tail) < LIKELY and judge.fits(tail, address.domain):
            return " ".join(words[:-count]), tail
    return piece, ""

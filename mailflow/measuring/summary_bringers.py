"""Which few people most introductions and referrals of a quarter came from."""

from collections.abc import Sequence

from mailflow.measuring.summary_words import capital, count, joined, name
from mailflow.model.brought import Bringer
from mailflow.model.summary import Line

ENOUGH = 5
"""Introductions and referrals below which a share says nothing."""
MOST = 80
"""Per cent that the few are asked for."""
NAMED = 5


def bringers(brought: Sequence[Bringer]) -> Line | None:
    """The fewest who together brought four fifths; None when there is too little to tell, or when
    it takes more than half of them."""
    whole = sum(each.total for each in brought)
    if whole < ENOUGH:
        return None
    few: list[Bringer] = []
    for each in sorted(brought, key=lambda each: (-each.total, each.contact.id)):
        if sum(one.total for one in few) * 100 >= whole * MOST:
            break
        few.append(each)
    if len(few) * 2 > len(brought) and len(brought) > 1:
        return None
    share = sum(one.total for one in few) * 100 // whole
    named = joined([f"{name(each.contact.label)} ({each.total})" for each in few[:NAMED]])
    others = f" and {count(len(few) - NAMED, 'other')}" if len(few) > NAMED else ""
    people = capital(count(len(few), "person", "people"))
    return Line(
        who="The last quarter",
        text=f"{people} brought {share} % of your {whole} introductions and referrals: "
        f"{named}{others}",
    )

"""Many values asked for in statements of a size that both engines take."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

AT_ONCE = 500
"""Values in one statement; both engines take thousands."""

Value = TypeVar("Value")


def chunks(every: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in order, in pieces that one statement can hold."""
    values = list(every)
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))

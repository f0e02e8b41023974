"""A number with the thing it counts, as one says it."""


def amount(number: int, one: str, many: str = "") -> str:
    """“1 day”, “1,200 days”; `many` where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def every(days: int) -> str:
    """How often something comes round: “every day”, “every 21 days”."""
    return "every day" if days == 1 else f"every {days:,} days"

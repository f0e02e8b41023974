"""Tables of words as they are written in these modules: rows, bars and blanks, read once."""


def words(text: str) -> tuple[str, ...]:
    """The blank-separated words of a table, in order."""
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """The bar-separated phrases of a table, lower case, longest first, each once."""
    rows = (row.split("|") for row in text.strip().splitlines())
    found = {phrase.strip().lower() for row in rows for phrase in row if phrase.strip()}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def by_language(text: str) -> tuple[str, ...]:
    """The phrases of a table whose rows begin with a language code."""
    return phrases("\n".join(row.partition(" ")[2] for row in text.strip().splitlines()))

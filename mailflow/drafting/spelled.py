"""A mail address spelled out, so that an eye that skims it sees every letter."""

ALIKE = {
    "l": "l (small L)", "I": "I (capital i)", "1": "1 (one)", "0": "0 (zero)", "O": "O (capital o)",
    "_": "_ (underscore)",
}  # fmt: skip
"""Characters that look like others, or are lost under a line."""
MAX_SPELLED = 80


def spelled(address: str) -> str:
    """`j a n e . r o e 1 (one) @ a c m e . i o`; nothing for one too long to be read so."""
    if len(address) > MAX_SPELLED:
        return ""
    return " ".join(ALIKE.get(character, character) for character in address)

"""A mail address spelled out, so that an eye that skims it sees every letter."""

ALIKE = {
    "l": "l (letter)", "I": "I (capital i)", "1": "1 (one)", "0": "0 (zero)", "O": "O (capital o)",
    "-": "- (hyphen)", "_": "_ (underscore)", ".": ". (dot)",
}  # fmt: skip
"""Characters that look like others, or are lost between two."""
MAX_SPELLED = 80


def spelled(address: str) -> str:
    """`j a n e . (dot) r o e @ a c m e . (dot) i o`; nothing for one too long to be read so."""
    if len(address) > MAX_SPELLED:
        return ""
    return " ".join(ALIKE.get(character, character) for character in address)

"""Files of contacts as other programs export them, read into cards; `read` is the way in."""

"""`mailflow doctor`: a row of small checks, each of which says what it found and how to fix it."""

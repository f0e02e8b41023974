"""A whole mail world in one process, and a story played in it: `mailflow demo`."""

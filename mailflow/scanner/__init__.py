"""Where pictures become text: one child process reads them, so that a bad one kills only that."""

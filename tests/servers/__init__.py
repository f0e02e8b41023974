"""Real servers for the tests, each started from its own temporary folder on a free port."""

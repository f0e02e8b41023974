"""The tables as they were first made; frozen, so that every store ever made begins alike."""

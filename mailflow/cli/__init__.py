"""The command line: one file per group of commands; errors become sentences and exit codes."""

from mailflow.cli.app import main

__all__ = ["main"]

"""Running the command line inside the test, as the shell would see it."""

import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO
from unittest.mock import patch

from mailflow.cli import main


@dataclass(frozen=True)
class Ran:
    """What the shell sees of a command."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@dataclass
class Shell:
    """A shell with a home of its own, in which `mailflow` is run; `config` is given with -c."""

    home: Path
    config: Path | None = None
    env: Mapping[str, str] | None = None

    def run(self, *words: str, typed: str = "", stdin: TextIO | None = None) -> Ran:
        """`mailflow WORDS`, with `typed` on standard input, or whatever `stdin` has."""
        chosen = ["-c", str(self.config)] if self.config else []
        out, err, code = io.StringIO(), io.StringIO(), 0
        env = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "TZ": "Europe/Paris"}
        with (
            patch.dict("os.environ", {**env, **(self.env or {})}, clear=True),
            patch.object(sys, "argv", ["mailflow", *chosen, *words]),
            patch.object(sys, "stdin", stdin or io.StringIO(typed)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as left:
                code = int(left.code or 0)
        return Ran(code, out.getvalue(), err.getvalue())

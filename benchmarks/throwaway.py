"""Packages that only a benchmark needs, in an environment of their own beside the project's."""

import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / f"mailflow-bench-{sys.version_info[0]}.{sys.version_info[1]}"


def python_with(*packages: str) -> Path | None:
    """A Python that has these packages, from whatever index pip is set up for; None when they
    cannot be had. Made once and kept in the temporary folder."""
    python = FOLDER / "bin" / "python"
    if not python.exists() and not _does(sys.executable, "-m", "venv", str(FOLDER)):
        return None
    names = [package.replace("-", "_") for package in packages]
    if _does(python, "-c", f"import {', '.join(names)}"):
        return python
    install = ("-m", "pip", "install", "--quiet", "--only-binary", ":all:", *packages)
    return python if _does(python, *install) else None


def _does(*command: str | Path) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0

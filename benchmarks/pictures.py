"""How well pictures of cards are read: our figures beside those of a plain pipeline.

The cards and their scorer are no part of the project. Where the folder named by the environment
variable MAILFLOW_EVAL holds them (and rapidfuzz is installed), they are run; else this says so.
"""

import importlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

SETS = {
    "synth_clean_dev": (
        "name 89 %, addresses 97 %, phones 98.5 %, core right 85 %, wrong and not flagged 11.5 %"
    ),
    "synth_photo_dev": (
        "name 87 %, addresses 93.5 %, phones 98 %, core right 81 %, wrong and not flagged 15.5 %"
    ),
}
"""What rapidocr with plain line rules and phonenumbers reaches on each; tesseract far less."""
ASKED = (
    "asked: core right ≥ 95 % clean, ≥ 92 % photo; wrong and not flagged ≤ 2 %; flagged ≤ 15 %;"
    " QR ≥ 98 %; p50 ≤ 1.5 s on 2 cores; child ≤ 700 MB"
)


def main() -> None:
    """Print a block a set."""
    named = os.environ.get("MAILFLOW_EVAL", "")
    folder = Path(named) / "cards"
    if not named or not (folder / "score_cards.py").is_file():
        print("pictures: no cards here (set MAILFLOW_EVAL to the folder that holds them)")
        return
    sys.path.append(str(folder))
    try:
        scorer = importlib.import_module("score_cards")
    except ModuleNotFoundError as missing:
        print(f"pictures: the scorer needs {missing.name} (pip install {missing.name})")
        return
    print(ASKED)
    for name, plain in SETS.items():
        if (folder / name).is_dir():
            _set(scorer, folder / name, plain)


def _set(scorer: Any, folder: Path, plain: str) -> None:
    from benchmarks import eye

    eye.glances.clear()
    report = _scored(scorer, folder)
    labels: dict[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    bearing = {name for name, label in labels.items() if label.get("qr")}
    decoded = sum(bool(glance.codes) for glance in eye.glances if glance.filename in bearing)
    fields = report["fields"]
    print(f"\n{folder.name}, {report['n']} pictures\n  plain pipeline: {plain}")
    print(
        f"  ours: name {_share(fields, 'name')}, addresses {_share(fields, 'emails')},"
        f" phones {_share(fields, 'phones')}, core right {report['core_exact']} %,"
        f" wrong and not flagged {report['silent_wrong']} %, flagged {report['flagged']} %"
    )
    print(
        f"  QR decoded {decoded} of {len(bearing)};"
        f" p50 {median(glance.seconds for glance in eye.glances):.2f} s,"
        f" {sum(glance.cpu_seconds for glance in eye.glances) / len(eye.glances):.2f} s of the"
        f" processor each, child {eye.child_peak_mb()} MB"
    )


def _share(fields: Mapping[str, Any], field: str) -> str:
    return f"{fields[field]['exact']} %"


def _scored(scorer: Any, folder: Path) -> dict[str, Any]:
    """The scorer's own report; what it prints is not wanted."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "report.json"
        held, sys.argv = (
            sys.argv,
            ["score_cards", "benchmarks.adapters:card", str(folder), "--out", str(out)],
        )
        try:
            with redirect_stdout(StringIO()):
                scorer.main()
        finally:
            sys.argv = held
        report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report

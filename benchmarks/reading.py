"""How well mail is read: our figures beside those of the best public tools, by the same scorers.

The scorers and their data are no part of the project. Where the folder named by the environment
variable MAILFLOW_EVAL holds them, they are run; without it this only says so.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Row:
    """One task: the scorer with its arguments, and what the best public tool reaches on it."""

    task: str
    scorer: str
    arguments: tuple[str, ...]
    public: str


ROWS = (
    Row("new text of a reply", "bench_reply.py", ("benchmarks.adapters:reply_text",),
        "75.0 % exact on a superset of 228, email_reply_trimmer (Ruby); 68.4 %, talon (Python)"),
    Row("new text of an HTML reply", "bench_reply.py",
        ("benchmarks.adapters:reply_html", "--bench", "{eval}/reply_html.jsonl"), "none published"),
    Row("forwarded mail", "bench_forward.py", ("benchmarks.adapters:forward",),
        "100 % all five, email-forward-parser (node), its own mails; 91.3 %, best Python port"),
    Row("bounces and automatic answers", "bench_class.py", ("benchmarks.adapters:classify",),
        "bounces 97.3 %, Sisimai (Ruby); automatic answers 13 of another 16, 4 false alarms"),
    Row("hostile text, 50 to 200 KB", "stress.py",
        ("benchmarks.adapters:reply_text", "benchmarks.adapters:reply_html"),
        "under 1 s, quotequail (Python); all others 10 s to for ever"),
)  # fmt: skip


def main() -> int:
    """Print one block per task; 0 when every scorer ran or none is there."""
    named = os.environ.get("MAILFLOW_EVAL", "")
    folder = Path(named) / "reading" if (Path(named) / "reading").is_dir() else Path(named)
    if not named or not (folder / "bench_reply.py").is_file():
        print("reading: no scorers here (set MAILFLOW_EVAL to the folder that holds them)")
        return 0
    return max(run(row, folder.resolve()) for row in ROWS)


def run(row: Row, folder: Path) -> int:
    """Run one scorer from the project's root and print its summary beside the public figure."""
    arguments = [argument.format(eval=folder) for argument in row.arguments]
    done = subprocess.run(
        [sys.executable, str(folder / row.scorer), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"\n{row.task}\n  best public: {row.public}")
    for line in (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()[:4]:
        print(f"  {line.strip()[:400]}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

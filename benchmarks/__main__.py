"""`make bench`: every benchmark, or those named on the command line, each with its rows."""

import importlib
import sys

BENCHMARKS = (
    "service",
    "store",
    "reading",
    "answers",
    "cards",
    "warmth",
    "history",
    "summary",
    "contacts",
    "suggestions",
)


def main(names: list[str]) -> int:
    """Run the named benchmarks; without a name all of `BENCHMARKS`."""
    for name in names or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

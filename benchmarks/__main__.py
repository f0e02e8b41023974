"""`make bench`: every benchmark, or those named on the command line, each with its rows."""

import importlib
import sys

BENCHMARKS = (
    "service",
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
    """Run the named benchmarks, all when none is named; those not written yet are said."""
    for name in names or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        try:
            module = importlib.import_module(f"benchmarks.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"benchmarks.{name}":
                raise
            print("nothing is measured here yet")
            continue
        module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

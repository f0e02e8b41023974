"""How well answers to an ask are read: precision and recall of each class on our labelled set."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time

from mailflow.model.answer import Say
from mailflow.reading import answer

LABELLED = Path(__file__).parent.parent / "tests" / "unit" / "reading" / "answers.toml"
TODAY = date(2026, 11, 22)


def main() -> None:
    """Print a row a class, and the speed."""
    cases = [
        (Say(label), text)
        for label, texts in tomllib.loads(LABELLED.read_text(encoding="utf-8")).items()
        for text in texts
    ]
    begun = process_time()
    read = Counter((label, answer.read(text, today=TODAY).say) for label, text in cases)
    spent = process_time() - begun
    print(f"{len(cases)} answers labelled by hand; {len(cases) / spent:,.0f} a second")
    print(f"{'class':12} {'labelled':>8} {'precision':>10} {'recall':>7}")
    for say in Say:
        right = read[say, say]
        labelled = sum(read[say, other] for other in Say)
        claimed = sum(read[other, say] for other in Say)
        precision = f"{right / claimed:.1%}" if claimed else "-"
        print(f"{say:12} {labelled:8} {precision:>10} {right / labelled:7.1%}")

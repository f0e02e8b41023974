"""The templates as they are shipped."""

from pathlib import Path

import pytest

from mailflow.drafting.render import Templates

FOLDER = Path(__file__).parents[3] / "templates"


@pytest.fixture(scope="session")
def shipped() -> Templates:
    """All templates of the folder, by kind."""
    return Templates({
        path.name.removesuffix(".j2"): path.read_text(encoding="utf-8")
        for path in FOLDER.glob("*.j2")
    })  # fmt: skip

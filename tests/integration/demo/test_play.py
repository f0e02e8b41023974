"""The whole demo, as `mailflow demo` plays it."""

import re
import time
from pathlib import Path

import pytest

from mailflow.demo.mails import read
from mailflow.demo.play import play
from mailflow.demo.world import DemoUnavailable


def test_the_story_is_told_to_its_end_in_under_a_minute(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    began = time.monotonic()
    assert play(folder) == 0
    assert time.monotonic() - began < 60

    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 80
    scenes = ["Jane's card", "In Ada's INBOX", "Ada answers", "In Jane's INBOX", "Jane answers",
              "who jane", "Your week", "In Raj's INBOX"]  # fmt: skip
    places = [told.index(scene) for scene in scenes]
    assert places == sorted(places)
    before, after = (int(n) for n in re.findall(r"warmth (\d+)", told)[-2:])
    assert after > before

    assert "<html" in (folder / "summary.html").read_text(encoding="utf-8")
    mails = [read(file.read_bytes()) for file in sorted((folder / "mails").glob("*.eml"))]
    assert len(mails) == told.count(".eml ─╯")
    assert all(mail["From"] and mail["Date"] for mail in mails)
    assert "level=error" not in (folder / "mailflow.log").read_text(encoding="utf-8")


def test_a_second_demo_replaces_the_first_and_nothing_else(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("precious")
    with pytest.raises(DemoUnavailable, match="not an earlier demo's"):
        play(tmp_path)
    assert mine.read_text() == "precious"

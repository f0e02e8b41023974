"""The whole demo, as `mailflow demo` plays it."""

import imaplib
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mailflow.demo.mails import read
from mailflow.demo.people import JANE, PASSWORD
from mailflow.demo.play import play
from mailflow.demo.world import DemoUnavailable


def test_the_story_is_told_to_its_end_with_less_than_a_minutes_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    began = time.process_time()  # of all its threads; beside other work it takes longer
    assert play(folder) == 0
    assert time.process_time() - began < 60

    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 80
    scenes = ["Jane's card", "In Ada's INBOX", "Ada answers", "In Jane's INBOX", "Jane answers",
              "who jane", "Your week", "In Raj's INBOX", "introduce jane and raj",
              "May I introduce you", "Raj answers", "Intro: Raj Rao <> Jane Roe",
              "Jane writes first", "What came of it?", "introduced to Raj Rao"]  # fmt: skip
    places = [told.index(scene) for scene in scenes]
    assert places == sorted(places)
    before, after = (int(n) for n in re.findall(r"warmth (\d+)", told)[-3:-1])
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


def test_kept_up_it_can_be_looked_into_with_a_mail_client_until_ctrl_c(tmp_path: Path) -> None:
    folder = str(tmp_path / "demo")
    command = [sys.executable, "-m", "mailflow", "demo", "--keep", "--folder", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        try:
            told = ""
            while "Ctrl-C" not in told:
                line = demo.stdout.readline()
                assert line, told
                told += line
            port = re.search(r"IMAP +127\.0\.0\.1, port (\d+)", told)
            assert port is not None
            with imaplib.IMAP4("127.0.0.1", int(port[1]), timeout=40) as client:
                client.login(str(JANE.address), PASSWORD)
                assert client.select("INBOX", readonly=True) == ("OK", [b"3"])
            demo.send_signal(signal.SIGINT)
            assert demo.stdout.read().strip() == "Closing."
            assert demo.wait(60) == 0
        finally:
            demo.kill()  # else a failure would wait for its end for ever

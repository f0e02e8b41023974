"""`mailflow card` on pictures, as the owner runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.integration.scanner.drawing import as_bytes, card, photo, with_code

ROOT = Path(__file__).parent.parent.parent.parent


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "mailflow", "card", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_photo_is_printed_field_by_field_with_its_source(tmp_path: Path) -> None:
    vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe\nEMAIL:jane.roe@acme-robotics.com\nEND:VCARD"
    (tmp_path / "jane.jpg").write_bytes(as_bytes(photo(with_code(card(), vcard))))
    ran = run(tmp_path, str(tmp_path / "jane.jpg"))
    assert ran.returncode == 0, ran.stderr
    heading, *fields = ran.stdout.splitlines()
    assert heading == "Jane Roe (jane.jpg)"
    told = {line.split()[0]: line for line in fields}
    assert "QR" in told["address"]
    assert "100%" in told["address"]
    assert "of the picture" in told["title"]


def test_pictures_and_documents_are_printed_as_data(tmp_path: Path) -> None:
    (tmp_path / "jane.pdf").write_bytes(as_bytes(card(), "PDF"))
    (tmp_path / "broken.png").write_bytes(as_bytes(card(), "PNG")[:80])
    ran = run(tmp_path, str(tmp_path / "jane.pdf"), str(tmp_path / "broken.png"), "--json")
    assert ran.returncode == 0, ran.stderr
    (row,) = json.loads(ran.stdout)
    assert row["name"] == "Jane Roe"
    assert row["emails"] == ["jane.roe@acme-robotics.com"]
    assert {field["field"] for field in row["fields"]} >= {"name", "address", "phone"}
    assert all(0 < field["confidence"] <= 1 for field in row["fields"])
    assert ran.stderr.startswith("broken.png: ")

"""Checks of this machine: files and who may read them, room on the disk, the store, templates."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from mailflow.cli.doctor.finding import Finding, Patient, advice, fault, fine
from mailflow.errors import MailflowError

LITTLE, TOO_LITTLE = 1024**3, 100 * 1024**2
"""Bytes free on the disk of the store: below these the owner is advised, or alarmed."""


def configuration(patient: Patient) -> Iterator[Finding]:
    """Whoever can write the configuration can have commands run: those that give the password."""
    path = patient.path
    mode = path.stat().st_mode
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield fault(f"Others may change {path}, and so run commands as you.", f"chmod 600 {path}")
    else:
        yield fine(f"The configuration {path} is in order.")


def private_files(patient: Patient) -> Iterator[Finding]:
    """The state folder, the password files and the secret are for the owner only."""
    config = patient.config
    secrets = (s.secret.file for a in config.accounts for s in (a.imap, a.smtp))
    files = {path for path in secrets if path} | {config.state_dir / "secret.key"}
    open_to_others = [
        path for path in sorted({config.state_dir, *files}) if path.exists() and _is_open(path)
    ]
    for path in open_to_others:
        yield fault(f"Others can read {path}.", f"chmod {'700' if path.is_dir() else '600'} {path}")
    if not open_to_others:
        yield fine("Only you can read the passwords and the secret key.")


def disk(patient: Patient) -> Iterator[Finding]:
    """The store grows by the text of mails; a full disk stops everything."""
    folder = patient.config.state_dir
    place = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(place).free
    room = f"{free / 1024**3:.1f} GB" if free > LITTLE else f"{free // 1024**2} MB"
    if free < TOO_LITTLE:
        yield fault(f"Only {room} are free where the store lies ({place}).", "Make room there.")
    elif free < LITTLE:
        yield advice(f"{room} are free where the store lies ({place}).", "Make room there soon.")
    else:
        yield fine(f"{room} are free for the store in {folder}.")


def store(patient: Patient) -> Iterator[Finding]:
    """The store opens and has the tables this program expects."""
    from mailflow.store.database import Store
    from mailflow.store.schema import Standing

    patient.config.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        opened = Store.connect(patient.config.store_url)
        try:
            standing = opened.standing()
        finally:
            opened.close()
    except MailflowError as error:
        yield fault(
            str(error),
            "Look at store.url and store.state_dir; docs/operations.md says how to restore.",
        )
        return
    match standing:
        case Standing.OLDER:
            yield fault("The store was written by an older mailflow.", "mailflow upgrade")
        case Standing.NEWER:
            yield fault("The store was written by a newer mailflow.", "Install that version.")
        case Standing.EMPTY:
            yield fine("The store is empty; the first run sets it up.")
        case Standing.RIGHT:
            yield fine("The store is in order.")


def templates(patient: Patient) -> Iterator[Finding]:
    """Every mail text can be written, whatever is known or not known of a person."""
    from mailflow.cli.trial import complaints

    found = list(complaints(patient.config))
    for complaint in found[:3]:
        yield fault(complaint, "mailflow templates check")
    if not found:
        yield fine("Every mail text can be written.")


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)


def pictures(patient: Patient) -> Iterator[Finding]:
    """Photos of cards can be read: the optional packages are there."""
    from mailflow.scanner.scanner import is_installed

    if is_installed():
        yield fine("Photos and PDFs of cards can be read.")
    else:
        yield advice(
            "Photos and PDFs of cards are kept, but cannot be read.",
            "pipx install 'mailflow[ocr]' (about 370 MB)",
        )

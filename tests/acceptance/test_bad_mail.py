"""Mail as nobody should write it: what can be read is, the rest is kept, told of and replayed, and
no other mail waits for it."""

import time
from email.message import EmailMessage

import pytest

from tests.acceptance.daemon import PATIENCE
from tests.acceptance.world import VCARD, World, text_of
from tests.commands import Shell

pytestmark = [pytest.mark.dovecot, pytest.mark.slow]

TODAY = "Tue, 3 Mar 2020 10:00:00 +0000"
MEGABYTE = 1024 * 1024


def shell(world: World) -> Shell:
    """The owner at her computer."""
    config = world.folder / "config.toml"
    return Shell(world.folder, config, {"MAILFLOW_CLOCK": str(world.clock.file)})


def bare(world: World, subject: str, body: bytes, *fields: str, named: bool = True) -> bytes:
    """A mail to the service as these bytes and no others."""
    lines = [f"From: {world.owner}", f"To: {world.service}", f"Subject: {subject}", *fields]
    lines += [f"Message-ID: <{subject}@example.test>"] if named else []
    if not any(line.startswith("Date:") for line in fields):
        lines.append(f"Date: {TODAY}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def mime(kind: str, *more: str) -> tuple[str, ...]:
    return ("MIME-Version: 1.0", f"Content-Type: {kind}", *more)


def nested(depth: int) -> bytes:
    opened = (
        f"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n" for n in range(depth)
    )
    return "".join(opened).encode() + b"met Deep Down <deep@example.test>\r\n"


def of_size(world: World, name: str, size: int) -> bytes:
    """A card with a picture so large that the whole mail has about `size` bytes."""
    mail = world.write(world.owner, world.service, name, f"met {name} <{name}@example.test>")
    data = b"\x89PNG" + b"x" * (size * 3 // 4 - 20_000)
    mail.add_attachment(data, maintype="image", subtype="png", filename="photo.png")
    return mail.as_bytes()


def readable(world: World) -> dict[str, tuple[bytes, str]]:
    """Mails that look bad and hold a card all the same; each with what the answer says."""
    cards = "".join(
        VCARD.format(name=f"Guest {n}x", address=f"g{n}@example.test") for n in range(500)
    )
    return {
        "torn": (
            bare(world, "torn", b"met Tom Torn <torn@example.test>\r\n",
                 *mime('multipart/mixed; boundary="never"')),
            "Tom Torn",
        ),
        "charset": (
            bare(world, "charset", "met Jörg Öz <joerg@example.test>\r\n".encode("latin-1"),
                 *mime("text/plain; charset=utf-99", "Content-Transfer-Encoding: 8bit")),
            "Jörg Öz",
        ),
        "nameless": (
            bare(world, "nameless", b"met Nomi Name <nomi@example.test>\r\n", named=False),
            "Nomi Name",
        ),
        "future": (
            bare(world, "future", b"met Fay Future <fay@example.test>\r\n",
                 "Date: Fri, 1 Jan 2199 00:00:00 +0000"),
            "Fay Future",
        ),
        "empty": (
            bare(world, "empty", b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n",
                 *mime("text/vcard")),
            "holds no name, address or phone",
        ),
        "nothing": (bare(world, "nothing", b"", *mime("text/vcard")), "no vCard"),
        "many": (
            bare(world, "many", cards.encode(), *mime("text/vcard")),
            "500 cards; I took the first 50",
        ),
        "injected": (
            bare(
                world, "injected",
                b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Eve\\nBcc: victim@example.test\\n\\nok all\r\n"
                b"N:;Eve\\nBcc: victim@example.test;;;\r\nEMAIL:eve@example.test\r\nEND:VCARD\r\n",
                *mime("text/vcard"),
            ),
            "eve@example.test",
        ),
        "large": (of_size(world, "large", 24 * MEGABYTE), "large@example.test"),
    }  # fmt: skip


def unreadable(world: World) -> dict[str, tuple[bytes, str]]:
    """Mails that are set aside; each with the reason."""
    parts = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 10_000
    return {
        "deep": (
            bare(world, "deep", nested(10_000), *mime("multipart/mixed; boundary=b0")),
            "nested more than 20 deep",
        ),
        "wide": (
            bare(world, "wide", parts, *mime("multipart/mixed; boundary=b")),
            "more than 50 parts",
        ),
        "taken": (
            bare(world, "taken", b"met Dirk Double <dirk@example.test>\r\n",
                 "Message-ID: <nomi@example.test>", named=False),
            "bears the Message-ID of another mail",
        ),
        "huge": (of_size(world, "huge", 27 * MEGABYTE), "I read mails up to 25 MB"),
    }  # fmt: skip


def answers(world: World) -> dict[str, str]:
    """What mailflow wrote in answer, by the Message-ID of the mail it answers, in one text each."""
    found: dict[str, str] = {}
    for letter in world.letters():
        about = str(letter["In-Reply-To"])
        found[about] = f"{found.get(about, '')}\n{letter['Subject']}\n{text_of(letter)}"
    return found


def wait_for_answer(world: World, mail: EmailMessage, seconds: float = PATIENCE) -> str:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if said := answers(world).get(str(mail["Message-ID"])):
            return said
        time.sleep(0.5)
    raise AssertionError(f"no answer to {mail['Subject']}\n{world.daemon.log_text()}")


def test_bad_mail_is_read_or_kept_and_holds_up_no_other(world: World) -> None:
    world.daemon.start()
    first = bare(
        world, "double", b"met Dora Double <dora@example.test>\r\n",
        "Message-ID: <nomi@example.test>", named=False,
    )  # fmt: skip
    bad = {**readable(world), **unreadable(world)}
    for data in (first, *(data for data, _ in bad.values())):
        world.lay_bytes(world.owner, data)
    last = world.tell("who dora@example.test")
    wait_for_answer(world, last)
    world.wait_until(lambda: len(world.letters()) >= len(bad) + 2)
    assert world.daemon.is_alive
    said = "\n".join(answers(world).values())
    for name, (_, expected) in bad.items():
        assert expected in said, f"{name}: {expected}\n{said}"
    assert "Traceback" not in world.daemon.log_text()
    assert world.outgoing.taken
    for taken in world.outgoing.taken:
        assert taken.envelope.recipients == (world.owner,)
        head = taken.data.partition(b"\r\n\r\n")[0].lower()
        assert b"\nbcc:" not in head
    check_that_what_was_kept_can_be_read_later(world)


def check_that_what_was_kept_can_be_read_later(world: World) -> None:
    owner = shell(world)
    kept = {row["subject"]: row for row in owner.run("quarantine", "list", "--json").data}
    for subject, (_, reason) in unreadable(world).items():
        assert reason in kept[subject]["reason"]
        assert world.owner in kept[subject]["from"]
    assert set(kept) == set(unreadable(world))
    told = owner.run("status")
    assert "4 in quarantine, unread: mailflow quarantine list" in told.out
    assert "Four mails are set aside that I could not read" in owner.run("summary").out
    config = world.folder / "config.toml"
    limit = "[security]\nmax_message_mb = 40\n[daemon]"
    config.write_text(config.read_text().replace("[daemon]", limit))
    again = owner.run("quarantine", "replay")
    lines = {int(line.partition(":")[0]): line for line in again.out.splitlines()}
    assert "out of quarantine" in lines[kept["taken"]["number"]]
    assert "out of quarantine" in lines[kept["huge"]["number"]]
    assert "more than 50 parts" in lines[kept["wide"]["number"]]
    assert again.code == 1, "two are still there"
    people = owner.run("people", "--json").data
    assert {"dora@example.test", "dirk@example.test"} <= {p["address"] for p in people}

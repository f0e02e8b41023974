"""Whatever bytes come in: no exception, no invented words, and work that grows with the input."""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailflow.model.facts import Known
from mailflow.model.mail import InboundMessage, Unreadable
from mailflow.reading import body, bounce, classify, forward, threads
from mailflow.reading.authenticity import verdict
from mailflow.reading.parse import parse

MAIL = sorted((Path(__file__).parents[2] / "mail").glob("*.eml"))
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
RELAXED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def read_everything(data: bytes) -> InboundMessage | None:
    """Run every public function of reading over some bytes."""
    message = parse(data, received_at=NOW)
    if isinstance(message, Unreadable):
        assert message.reason.endswith(".")
        return None
    body.split(message)
    body.plain(message)
    forward.find(message)
    bounce.bounces(message)
    classify.classify(message, Known(contact_id=1))
    threads.match(message, frozenset({"<a@b>"}), ())
    verdict(message, "mx.example.org")
    return message


@RELAXED
@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    read_everything(data)


PIECES = st.sampled_from(
    [
        b"From: ", b"To: a@b.example\n", b"Subject: ", b"=?utf-8?B?", b"?=", b"=?iso-2022-jp?Q?",
        b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n", b"--x--\n", b"\n", b"\n\n",
        b"Content-Type: message/rfc822\n\n", b"Content-Type: text/html; charset=utf-7\n\n",
        b"Content-Type: text/plain; charset=utf-16\n\n", b"Content-Transfer-Encoding: base64\n\n",
        b"Content-Transfer-Encoding: x-uuencode\n\n", b"Content-Type: message/delivery-status\n\n",
        b"Final-Recipient: rfc822;", b"Date: Mon, 99 Xyz", b"<blockquote>",
        b"<div id=divRplyFwdMsg>",
        b"> ", b"On Mon, 2 Mar 2026, a@b.example wrote:\n", b"-- \n", b"<a@b.example>", b"\xff\xfe",
        b"filename*0*=utf-8''%", b"\x00", b"From: a@b.example\nSent: 1\nSubject: x\n", b"&#x",
        b"Content-Type: ;;;=\"\n", b"References: <" + b"a" * 300 + b"\n", b"Auto-Submitted: ",
    ]
)  # fmt: skip


@RELAXED
@given(st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=40))
def test_mime_built_from_rubble_is_read_or_refused(pieces: list[bytes]) -> None:
    read_everything(b"".join(pieces))


@RELAXED
@given(
    st.sampled_from(MAIL),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 30)), max_size=8),
)
def test_a_damaged_mail_is_read_or_refused(
    path: Path, damage: list[tuple[float, bytes, int]]
) -> None:
    data = path.read_bytes()
    for place, new, gone in damage:
        at = int(place * len(data))
        data = data[:at] + new + data[at + gone :]
    read_everything(data)


@pytest.mark.slow
def test_a_million_bytes_of_damage_break_nothing() -> None:
    done = seed = 0
    while done < 1_000_000:
        data = bytearray(MAIL[seed % len(MAIL)].read_bytes())
        for step in range(20):
            seed = (seed * 1103515245 + 12345 + step) % 2**31
            data[seed % len(data)] = seed >> 8 & 255
        done += len(data)
        read_everything(bytes(data))


def words_of(text: str) -> set[str]:
    return {word for word in "".join(c if c.isalnum() else " " for c in text).split() if word}


@pytest.mark.parametrize("path", MAIL, ids=lambda path: path.stem)
def test_no_word_comes_out_that_did_not_come_in(path: Path) -> None:
    message = parse(path.read_bytes(), received_at=NOW)
    if isinstance(message, Unreadable):
        return
    inner = [f"{each.text} {each.html} {each.subject}" for each in message.attached]
    said = words_of(" ".join([message.text, body.plain(message), message.subject, *inner]))
    split = body.split(message)
    for text in (split.new_text, split.quoted, split.signature):
        assert words_of(text) <= said
    for found in forward.find(message):
        for text in (found.body, found.note, found.subject, found.nested):
            assert words_of(text) <= said


@RELAXED
@given(st.text(alphabet=st.sampled_from("ab >\n:On<@.-_|2\t"), max_size=400))
def test_every_line_goes_somewhere(text: str) -> None:
    split = body.split_text(text)
    out = f"{split.new_text}\n{split.quoted}\n{split.signature}"
    assert sorted("".join(out.split())) == sorted("".join(text.split()))


ATOMS = [
    "> quoted words\n", "On 1:\n", "1:\n", "a@b.cc:\n", "On 2 May 2026, a@b.cc wrote:\n",
    "-- \n", "--\n", "On 2 May 2026, a@b.cc wrote:\n> x\n", "From: a@b.cc\n", "From: x\n \n",
    "x On 1 May 2026, a@b.cc wrote:\n> a\n", "From: a@b.cc\nTo: b@c.dd\nSubject: x\n\n",
    "-----Original Message-----\n", "Sent from my iPhone\n", "Jane Roe:\n> x\n", "_____\nx\n",
    "---------- Forwarded message ---------\nFrom: a@b.cc\nDate: 1\nSubject: x\n\n",
    "JR> x\n", "<a@b>\n", "On\n1\na\nb\nwrote\n", "wrote:\n", "| x\n", "\n", "<div>", "<!--",
    "This e-mail is confidential and intended solely for its reader; please delete it at once.\n",
    "*****\n", "<blockquote>", "<p>x", "<a href=mailto:a@b.cc>x</a>", "<td>x", "&amp;", "x ",
    "=?utf-8?q?",
]  # fmt: skip


def steps(work: Callable[[str], object], text: str) -> int:
    """How many calls some work makes: a measure that no busy machine disturbs."""
    count = 0

    def tally(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tally)
    try:
        work(text)
    finally:
        sys.setprofile(None)
    return count


WORK: dict[str, Callable[[str], object]] = {
    "split_text": body.split_text,
    "split_html": body.split_html,
    "forward": lambda text: forward.find_in_text("Fwd: x", text),
    "parse": lambda text: parse(text.encode(), received_at=NOW),
    "bounce": lambda text: read_everything(
        b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n" + text.encode()
    ),
}


@pytest.mark.parametrize("name", WORK)
@pytest.mark.parametrize("atom", ATOMS)
def test_twice_the_text_is_at_most_twice_the_work(name: str, atom: str) -> None:
    work = WORK[name]
    once, twice = (steps(work, atom * count) for count in (200, 400))
    assert twice <= 2.2 * once + 2000


@settings(RELAXED, max_examples=60)
@given(st.lists(st.sampled_from(ATOMS), min_size=1, max_size=4), st.sampled_from(sorted(WORK)))
def test_no_mixture_grows_faster_than_itself(atoms: list[str], name: str) -> None:
    text = "".join(atoms) * 100
    once, twice = steps(WORK[name], text), steps(WORK[name], text * 2)
    assert twice <= 2.3 * once + 3000


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: Fwd: x\n\n" + b"> " * 600_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b" * 2_000_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n--b" + b" " * 6_000_000 + b"x",
        b"Content-Type: text/plain; format=flowed; delsp=yes\n\n" + b"x \n" * 3_000_000,
    ],
    ids=["quotation marks", "delimiters", "spaces", "soft line ends"],
)
def test_millions_of_the_same_characters_are_read_in_seconds(data: bytes) -> None:
    """Ten times the time it takes; what is quadratic inside one call takes minutes."""
    began = time.process_time()
    read_everything(data)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "html",
    [
        "<p>No</p><p style='display: none'>Yes</p>",
        "<p>No</p><p style='visibility: hidden'>Yes</p>",
        "<p>No</p><p hidden>Yes</p>",
        "<p>No</p><span style='font-size:0px'>Yes</span>",
        "<p><s>Yes</s> No</p>",
        "<p><del>Yes</del> No</p>",
    ],
)
def test_what_nobody_sees_and_what_is_struck_out_is_not_said(html: str) -> None:
    assert body.split_html(html).new_text == "No"


def test_an_icon_in_a_signature_is_no_word_and_an_emoji_is_one() -> None:
    icon = '<p>Hello</p><img alt="✅" src="https://acme.example/verified.png">'
    assert body.split_html(icon).new_text == "Hello"
    emoji = '<img alt="👍" data-emoji="👍" src="https://fonts.example/s/e/notoemoji/1f44d.png">'
    assert body.split_html(emoji).new_text == "👍"

"""What parent and child say to each other; the parent believes only what has a scan's shape."""

import json
import socket
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.scan import Page, Scan, SeenCode, SeenLine, Unscannable
from mailflow.scanner import frames
from mailflow.scanner.wording import Garbled, greeted, hello, packed, unpacked

LINE = SeenLine(
    "jane@acme.io", 0.75, 1.0, 2.0, 3.0, 4.5, b"\xff\xd8\xff0", (0.5, 0.9), "jane@acrne.io"
)
SCAN = Scan((Page(900, 500, (LINE,), (SeenCode("QR Code", "https://acme.io"),)),), ("A page.",))


@pytest.mark.parametrize("said", [SCAN, Scan(()), Unscannable("It is empty.")])
def test_what_the_child_says_arrives_as_it_was_meant(said: Scan | Unscannable) -> None:
    assert unpacked(packed(said)) == said


def changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    value = json.loads(packed(SCAN))
    change(value)
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"pages": 1}',
        b'{"refused": 5}',
        changed(lambda value: value["pages"][0].update(size=[1])),
        changed(lambda value: value["pages"][0].update(lines=[["text"]])),
        changed(lambda value: value["pages"][0]["lines"][0].__setitem__(0, None)),
        changed(lambda value: value["pages"][0]["lines"][0].__setitem__(1, "sure")),
        changed(lambda value: value["pages"][0]["lines"][0].__setitem__(2, float("nan"))),
        changed(lambda value: value["pages"][0]["lines"][0].__setitem__(6, "not base 64!")),
        changed(lambda value: value["pages"][0].update(codes=[["QR Code", 7]])),
        changed(lambda value: value["pages"][0].update(size=[0, 500])),
        changed(lambda value: value["pages"][0].update(size=["900", "500"])),
        changed(lambda value: value["pages"][0].update(size=[10**400, 500])),
        changed(lambda value: value["pages"][0]["lines"][0].__setitem__(2, "nan")),
        changed(lambda value: value["pages"][0]["lines"][0].__setitem__(5, 10**400)),
        packed(SCAN).replace(b"4.5", b"1e999"),
        b'{"pages": {}, "problems": []}',
        b'{"pages": "text", "problems": []}',
        b'"refused"',
        b"7",
    ],
)
def test_an_answer_of_another_shape_is_not_believed(payload: bytes) -> None:
    with pytest.raises(Garbled):
        unpacked(payload)


def test_a_greeting_arrives_and_names_what_is_broken() -> None:
    assert greeted(hello()) == ""
    assert greeted(hello("No module\nnamed x")) == "No module named x"


@pytest.mark.parametrize(
    "payload",
    [b"", b"[]", b"null", b"7", b'"broken"', b'{"broken": 5}', b'{"broken": ["x"]}', b"\xff",
     b"[" * 100_000],
)  # fmt: skip
def test_a_greeting_of_another_shape_is_not_believed(payload: bytes) -> None:
    with pytest.raises(Garbled):
        greeted(payload)


def test_half_a_character_does_not_come_through() -> None:
    said = changed(lambda value: value["pages"][0]["lines"][0].__setitem__(0, "J\ud83d"))
    told = unpacked(said)
    assert isinstance(told, Scan)
    assert told.pages[0].lines[0].text == "J?"


@given(st.binary(max_size=400))
def test_no_bytes_at_all_harm_the_parent(payload: bytes) -> None:
    with pytest.raises(Garbled):
        unpacked(payload)


def test_what_is_too_long_is_cut_and_what_is_no_jpeg_is_not_shown() -> None:
    line = SeenLine("x" * 400, 7.0, 0, 0, 1, 1, b"GIF89a", (2.0,) * 400, "y" * 400)
    told = unpacked(packed(Scan((Page(1, 1, (line,) * 700),))))
    assert isinstance(told, Scan)
    assert len(told.pages[0].lines) == 600
    first = told.pages[0].lines[0]
    assert (len(first.text), first.confidence, first.crop) == (300, 1.0, b"")
    assert first.letters == (1.0,) * 300


@given(st.lists(st.binary(max_size=2_000), max_size=5))
def test_frames_arrive_whole_and_in_order(payloads: list[bytes]) -> None:
    here, there = socket.socketpair()
    with here, there:
        for payload in payloads:
            frames.send(here, payload)
        assert [frames.receive(there) for _ in payloads] == payloads


def test_waiting_for_a_frame_ends_at_the_deadline() -> None:
    here, there = socket.socketpair()
    with here, there:
        there.sendall(b"\0\0")
        with pytest.raises(TimeoutError):
            frames.receive(here, monotonic() + 0.05)


def test_a_frame_announced_too_large_is_not_read() -> None:
    here, there = socket.socketpair()
    with here, there:
        frames.send(there, b"x" * 1_000)
        with pytest.raises(frames.WireClosed):
            frames.receive(here, at_most=999)


def test_an_end_that_hangs_up_is_noticed() -> None:
    here, there = socket.socketpair()
    with here:
        there.close()
        with pytest.raises(frames.WireClosed):
            frames.receive(here)
        with pytest.raises(frames.WireClosed):
            frames.send(here, b"x" * 1_000)

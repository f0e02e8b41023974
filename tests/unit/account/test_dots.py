"""What goes between DATA and the final dot can never be read as two mails."""

from hypothesis import given
from hypothesis import strategies as st

from mailflow.account.smtp import dot_stuffed


@given(
    data=st.binary() | st.lists(st.sampled_from([b".", b"\r", b"\n", b"x", b"\r\n"])).map(b"".join)
)
def test_no_line_is_a_lone_dot_and_every_line_ends_properly(data: bytes) -> None:
    sent = dot_stuffed(data)
    assert b"\r\n.\r\n" not in b"\r\n" + sent
    assert sent.count(b"\r") == sent.count(b"\n") == sent.count(b"\r\n")
    assert sent.endswith(b"\r\n") or not sent


@given(lines=st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n"))))
def test_the_server_reads_back_what_was_written(lines: list[str]) -> None:
    data = "".join(f"{line}\r\n" for line in lines).encode()
    received = b"".join(
        line.removeprefix(b".") + b"\r\n" for line in dot_stuffed(data).split(b"\r\n")[:-1]
    )
    assert received == data

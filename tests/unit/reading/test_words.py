"""Encoded words, extended parameters, and base64 as it is found."""

import pytest

from mailflow.reading.charset import decode
from mailflow.reading.words import base64_bytes, decode_words, parameters, unfold


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?Q?J=C3=A4ne?=", "Jäne"),
        ("=?UTF-8?b?SsOkbmU=?=", "Jäne"),
        ("=?utf-8?B?w6Q=?= =?utf-8?B?w7w=?=", "äü"),
        ("=?utf-8?B?w6Q=?= and =?utf-8?B?w7w=?=", "ä and ü"),
        ("Re: =?iso-8859-1?Q?Gr=FC=DFe?=", "Re: Grüße"),
        ("=?utf-8?Q?a_b=5F?=", "a b_"),
        ("=?utf-8?B?w6Q", "=?utf-8?B?w6Q"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?gb2312?B?v6e3yA==?=", "咖啡"),
        ("=?x-martian?Q?a=E4?=", "aä"),
        ("=?=?=?", "=?=?=?"),
    ],
)
def test_encoded_words_are_read_and_the_rest_stays(raw: str, text: str) -> None:
    assert decode_words(raw) == text


@pytest.mark.parametrize(
    ("raw", "data"),
    [
        (b"SGk=", b"Hi"),
        (b"SGk", b"Hi"),
        (b"SG!k=", b"Hi"),
        (b"SGkhX", b"Hi!"),
        (b"=", b""),
        (b"", b""),
        (b"A", b""),
    ],
)
def test_base64_forgives_what_mail_does_to_it(raw: bytes, data: bytes) -> None:
    assert base64_bytes(raw) == data


@pytest.mark.parametrize(
    ("raw", "value", "name", "text"),
    [
        ('text/plain; charset="utf-8"', "text/plain", "charset", "utf-8"),
        ("TEXT/HTML;CHARSET=UTF-8", "text/html", "charset", "UTF-8"),
        ("text/plain\n charset=utf-8", "text/plain", "charset", "utf-8"),
        ('multipart/mixed; boundary="a;b"', "multipart/mixed", "boundary", "a;b"),
        ('x/y; name="a\\"b"', "x/y", "name", 'a"b'),
        ("x/y; name*=utf-8''J%C3%A4ne.vcf", "x/y", "name", "Jäne.vcf"),
        ("x/y; name*0=a; name*1=b; name*2=c", "x/y", "name", "abc"),
        ("x/y; name*1*=%C3%A4; name*0*=utf-8''J", "x/y", "name", "Jä"),
        ('x/y; name="=?utf-8?Q?J=C3=A4ne?="', "x/y", "name", "Jäne"),
    ],
)
def test_parameters_in_every_notation(raw: str, value: str, name: str, text: str) -> None:
    found, params = parameters(unfold(raw.replace("\n", " ")))
    assert (found, params.get(name)) == (value, text)


def test_a_header_comes_out_as_one_line_without_controls() -> None:
    assert unfold("a\r\n b\tc\x07\n\td") == "a b c  d"


@pytest.mark.parametrize(
    "charset", ["rot13", "hex", "base64", "zlib", "idna", "undefined", "mbcs", "x", "", "\ud800"]
)
def test_what_is_a_codec_but_no_charset_is_read_all_the_same(charset: str) -> None:
    assert decode(b"caf\xe9", charset) == "café"

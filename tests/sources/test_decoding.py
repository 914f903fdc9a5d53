import codecs

import pytest

from keraslint.sources import UnreadableError, read_source


def failure(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_source("m.py", data)
    return caught.value


def test_utf8_is_the_default():
    assert read_source("m.py", "x = '形状'\n".encode()).text == "x = '形状'\n"


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (b"x = 1\r\n", "utf-8", False),
        (codecs.BOM_UTF8 + b"x = 1\n", "utf-8", True),
        (codecs.BOM_UTF8 + b"# coding: utf-8\nx = 1\n", "utf-8", True),
        ("# -*- coding: gbk -*-\n# 形状\n".encode("gbk"), "gbk", False),
        (b"#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n# \xe9\n", "iso-8859-1", False),
        (b"x = 1\ny = 2\n# coding: no-such\n", "utf-8", False),
    ],
)
def test_what_is_read_can_be_written_back(data, encoding, bom):
    source = read_source("m.py", data)
    assert (source.encoding, source.bom) == (encoding, bom)
    assert not source.text.startswith("\ufeff")
    assert source.encode(source.text) == data


def test_where_the_bytes_stop_making_sense():
    error = failure("é = 1\nå = '".encode() + b"\xff'\n")
    assert (error.row, error.column) == (2, 6)
    assert "utf-8" in error.message


def test_the_end_of_a_row_is_no_place_for_a_bad_byte():
    error = failure(b"x = 1\r\n\xff")
    assert (error.row, error.column) == (2, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"# coding: no-such-encoding\n",
        codecs.BOM_UTF8 + b"# coding: latin-1\n",
        b"# coding: hex\nx = 1\n",
        b"# coding: utf-8\n\xff\n",
        "x = 1\n".encode("utf-16"),
    ],
)
def test_impossible_encodings_are_errors_with_a_message(data):
    assert failure(data).message

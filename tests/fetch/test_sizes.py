import time
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.fetch.sizes import measure, type_of
from syndicate.model import Measure
from tests.fetch.samples import (
    AVIF,
    GIF,
    LOSSLESS_WEBP,
    SVG,
    WEBP,
    jpeg,
    png,
)

REAL = {
    "image/png": png(),
    "image/jpeg": jpeg(),
    "image/gif": GIF,
    "image/webp": WEBP,
    "image/avif": AVIF,
    "image/svg+xml": SVG,
}


@pytest.mark.parametrize("kind", REAL)
def test_type_and_size_come_from_the_bytes(kind: str) -> None:
    assert measure(REAL[kind], length=9) == Measure(
        type=kind, length=9, width=40, height=30
    )


def test_a_lossless_picture_has_another_head() -> None:
    assert measure(LOSSLESS_WEBP) == Measure(type="image/webp", width=40, height=30)


def test_a_camera_held_upright_turns_the_picture() -> None:
    assert measure(jpeg(40, 30, turned=True)) == Measure(
        type="image/jpeg", width=30, height=40
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><html><body><svg width='1' height='1'></svg></body></html>",
        b'{"error": "not found"}',
        b"%PDF-1.7",
        b"BM\0\0",
        b"RIFF\0\0\0\0WAVE",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"PK\3\4",
        "그림이 아닙니다".encode(),
    ],
)
def test_what_is_no_picture_has_no_type(content: bytes) -> None:
    assert measure(content) is None


@pytest.mark.parametrize(
    "content",
    [
        png(1_000_000, 1_000_000),
        png(0, 30),
        png()[:20],
        jpeg()[:6],
        jpeg(0, 30),
        b"GIF89a\xff",
        WEBP[:20],
        AVIF[:60],
        b"<svg>",
        b'<svg width="100%" height="100%">',
        b'<svg viewBox="0 0 ten ten">',
        b'<svg width="1e9999" height="9">',
    ],
)
def test_a_size_that_cannot_be_true_is_not_said(content: bytes) -> None:
    found = measure(content, length=9)

    assert found
    assert (found.width, found.height, found.length) == (None, None, 9)


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('<svg width="40px" height="30.4px">', (40, 30)),
        ("<svg width='30pt' height='1in'>", (40, 96)),
        ('<svg viewBox="0 0 40 30">', (40, 30)),
        ('<svg viewBox="0,0,40,30" width="100%">', (40, 30)),
        ('<svg stroke-width="9" width="40" height="30">', (40, 30)),
        ('<svg\nwidth = "40"\nheight = "30"\n>', (40, 30)),
        ("\ufeff<?xml version='1.0'?>\n<svg width='40' height='30'/>", (40, 30)),
        (
            '<!DOCTYPE svg PUBLIC "-//W3C" "a.dtd"><svg width="40" height="30">',
            (40, 30),
        ),
        (
            """<!DOCTYPE svg [<!ENTITY a "<svg width='9'>">]><svg width="40" height="30">""",
            (40, 30),
        ),
    ],
)
def test_a_drawing_says_its_size_itself(root: str, size: tuple[int, int]) -> None:
    found = measure(root.encode())

    assert found
    assert (found.width, found.height) == size


@given(st.binary(max_size=200), st.sampled_from(list(REAL.values())))
def test_no_bytes_make_it_fail(noise: bytes, real: bytes) -> None:
    measure(noise)
    measure(real[: len(noise)] + noise)


def _comments() -> bytes:
    return b"<!---->" * 100_000


def _segments() -> bytes:
    return b"\xff\xd8" + b"\xff\xfe\0\2" * 250_000


def _boxes() -> bytes:
    return AVIF[:32] + b"\0\0\0\x08free" * 125_000


def _noise() -> bytes:
    return jpeg() + Random(7).randbytes(1 << 20)


@pytest.mark.parametrize("bomb", [_comments, _segments, _boxes, _noise])
def test_a_megabyte_of_nonsense_takes_no_time(bomb: Callable[[], bytes]) -> None:
    content = bomb()
    start = time.process_time()
    measure(content)

    assert time.process_time() - start < 3


def test_brands_are_read_no_further_than_their_box() -> None:
    assert type_of(b"\0\0\0\x14ftypisom\0\0\0\0avif") == "image/avif"
    assert type_of(b"\0\0\0\x10ftypisom\0\0\0\0avif") is None

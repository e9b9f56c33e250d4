from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from syndicate.fetch.moving import BrokenGifError, without_words

HEAD = b"GIF89a\x01\0\x01\0\x80\0\0" + b"\0\0\0\xff\xff\xff"
TIMING = b"\x21\xf9\x04\x04\x0a\0\x01\0"
FRAME = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
OWN_COLOURS = b"\x2c\0\0\0\0\x01\0\x01\0\x80" + b"\0" * 6 + b"\x02\x02\x44\x01\0"
LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
COMMENT = b"\x21\xfe\x03Kim\x04desk\0"
XMP = b"\x21\xff\x0bXMP DataXMP\x03gps\0"
TEXT = b"\x21\x01\x0c" + b"\0" * 12 + b"\x02hi\0"
END = b"\x3b"


def test_pictures_and_their_times_are_kept_and_words_are_not() -> None:
    spoken = HEAD + LOOP + COMMENT + TIMING + FRAME + XMP + TEXT + OWN_COLOURS + END

    assert without_words(spoken) == HEAD + LOOP + TIMING + FRAME + OWN_COLOURS + END


def test_what_stands_behind_the_end_is_left_out() -> None:
    assert without_words(HEAD + FRAME + END + b"<script>") == HEAD + FRAME + END


def test_a_gif_without_colours_of_its_own_is_followed_as_well() -> None:
    bare = b"GIF89a\x01\0\x01\0\0\0\0" + OWN_COLOURS + END

    assert without_words(bare) == bare


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        HEAD,
        HEAD + FRAME,
        HEAD + FRAME[:-1],
        HEAD + COMMENT[:-3],
        HEAD + b"\x99" + END,
    ],
)
def test_what_cannot_be_followed_to_its_end_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenGifError):
        without_words(content)


@given(st.binary(max_size=200))
def test_no_bytes_are_followed_for_ever(content: bytes) -> None:
    try:
        kept = without_words(HEAD + content)
    except BrokenGifError:
        return

    assert len(kept) <= len(HEAD + content)
    assert without_words(kept) == kept


def test_what_is_left_can_be_opened() -> None:
    spoken = HEAD + COMMENT + FRAME + END

    assert Image.open(BytesIO(without_words(spoken))).size == (1, 1)

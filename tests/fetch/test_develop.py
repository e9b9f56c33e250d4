from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from syndicate.channels.base import PictureError
from syndicate.fetch import develop as module
from syndicate.fetch.develop import develop
from syndicate.model import PictureLimits
from tests.fetch.samples import SVG

ROOMY = PictureLimits(size=1_000_000, alt=1_000)
ORIENTATION, GPS = 0x0112, 0x8825


def photo(
    width: int = 60, height: int = 40, kind: str = "JPEG", **saved: object
) -> bytes:
    """Draw something no codec makes small: a picture with an upper left corner."""
    image = Image.effect_noise((width, height), 90).convert("RGB")
    image.paste((200, 0, 0), (0, 0, width // 3, height // 3))
    target = BytesIO()
    image.save(target, kind, **saved)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def test_what_a_camera_adds_is_removed_and_its_orientation_applied() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # to be turned by a quarter
    exif.get_ifd(GPS)[1] = "N"
    shot = develop(photo(90, 40, exif=exif, comment=b"desk"), ROOMY)
    image = opened(shot.content)

    assert (shot.type, shot.width, shot.height) == ("image/jpeg", 40, 90)
    assert (image.size, dict(image.getexif())) == ((40, 90), {})
    assert "comment" not in image.info
    right_above = image.getpixel((38, 2))
    assert isinstance(right_above, tuple)
    assert right_above[0] > 150 > right_above[1]


def test_the_same_bytes_give_the_same_picture() -> None:
    content = photo(300, 200)

    assert develop(content, ROOMY) == develop(content, ROOMY)


def test_a_picture_is_shrunk_to_the_side_a_channel_shows() -> None:
    shot = develop(photo(900, 300), PictureLimits(size=1_000_000, alt=1, side=300))

    assert (shot.width, shot.height) == (300, 100)
    assert opened(shot.content).size == (300, 100)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [60_000, 4_000])
def test_a_picture_is_made_as_small_as_a_channel_asks(kind: str, size: int) -> None:
    shot = develop(photo(300, 200, kind), PictureLimits(size=size, alt=1))

    assert len(shot.content) <= size
    assert shot.width / shot.height == pytest.approx(1.5, abs=0.1)


def test_what_cannot_be_made_small_enough_is_refused() -> None:
    with pytest.raises(PictureError, match="smaller than 100 bytes"):
        develop(photo(600, 400), PictureLimits(size=100, alt=1))


def test_a_drawing_stays_sharp_and_see_through() -> None:
    image, target = Image.new("RGBA", (80, 80), (0, 0, 0, 0)), BytesIO()
    image.save(target, "PNG")
    shot = develop(target.getvalue(), ROOMY)

    assert (shot.type, shot.name) == ("image/png", "picture.png")
    assert opened(shot.content).getpixel((1, 1)) == (0, 0, 0, 0)


def test_where_only_photographs_are_taken_paper_is_laid_behind_a_drawing() -> None:
    image, target = Image.new("RGBA", (80, 80), (0, 0, 0, 0)), BytesIO()
    image.save(target, "PNG")
    limits = PictureLimits(size=1_000_000, alt=1, types=("image/jpeg",))
    shot = develop(target.getvalue(), limits)

    assert (shot.type, shot.name) == ("image/jpeg", "picture.jpg")
    assert opened(shot.content).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF", "PNG"])
def test_every_kind_of_picture_of_the_web_is_taken(kind: str) -> None:
    shot = develop(photo(kind=kind), ROOMY)

    assert opened(shot.content).size == (60, 40)
    assert shot.type in ROOMY.types


def test_colours_of_print_become_those_of_screens() -> None:
    target = BytesIO()
    Image.new("CMYK", (80, 80), (0, 255, 255, 0)).save(target, "JPEG")

    assert opened(develop(target.getvalue(), ROOMY).content).mode == "RGB"


def test_colours_of_print_as_cameras_and_editors_save_them_are_right() -> None:
    """Adobe's CMYK is the other way round, and says so."""
    target = BytesIO()
    Image.new("CMYK", (80, 80), (0, 255, 255, 0)).save(target, "JPEG", quality=95)
    red = opened(develop(target.getvalue(), ROOMY).content).getpixel((9, 9))

    assert isinstance(red, tuple)
    assert red[0] > 200
    assert max(red[1:3]) < 60


def test_sixteen_bits_of_grey_do_not_all_become_white() -> None:
    image, target = Image.new("I;16", (256, 64)), BytesIO()
    image.putdata([(place % 256) * 257 for place in range(256 * 64)])
    image.save(target, "PNG")
    shades = opened(develop(target.getvalue(), ROOMY).content).convert("L")

    assert [shades.getpixel((x, 9)) for x in (0, 100, 255)] == [0, 100, 255]


@pytest.mark.parametrize("mode", ["P", "LA", "PA", "1", "L"])
def test_pictures_of_every_sort_of_pixel_are_taken(mode: str) -> None:
    image = Image.new("RGBA", (80, 80), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (20, 20, 60, 60))
    target = BytesIO()
    kept = image.quantize() if mode in {"P", "PA"} else image.convert(mode)
    kept.save(target, "PNG")
    shown = opened(develop(target.getvalue(), ROOMY).content)

    assert shown.size == (80, 80)
    assert shown.has_transparency_data == (mode in {"P", "PA", "LA"})


# What moves


def film(*, frames: int = 3, side: int = 40, kind: str = "GIF", **saved: Any) -> bytes:
    pictures = [
        Image.effect_noise((side, side), 20 + 20 * number).convert("RGB")
        for number in range(frames)
    ]
    target = BytesIO()
    pictures[0].save(
        target, kind, save_all=True, append_images=pictures[1:], duration=80, loop=0,
        **saved,
    )  # fmt: skip
    return target.getvalue()


MOVES = PictureLimits(size=1_000_000, alt=1, moving=True)


def test_a_gif_goes_on_moving_without_the_words_written_into_it() -> None:
    content = film(comment=b"made at the desk of Kim")
    shot = develop(content, MOVES)
    before, after = (Image.open(BytesIO(each)) for each in (content, shot.content))

    assert (shot.type, shot.name) == ("image/gif", "picture.gif")
    assert (shot.width, shot.height) == (40, 40)
    assert b"made at the desk" in content
    assert b"made at the desk" not in shot.content
    assert after.n_frames == before.n_frames == 3  # type: ignore[attr-defined]
    assert after.info["loop"] == 0
    for number in range(3):
        before.seek(number)
        after.seek(number)
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert after.info["duration"] == 80


@pytest.mark.parametrize(
    "limits",
    [
        ROOMY,
        PictureLimits(size=3_000, alt=1, moving=True),
        PictureLimits(size=1_000_000, alt=1, side=20, moving=True),
    ],
)
def test_where_it_cannot_move_its_first_frame_is_shown(limits: PictureLimits) -> None:
    shot = develop(film(), limits)

    assert shot.type in {"image/png", "image/jpeg"}
    assert len(shot.content) <= limits.size


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_what_moves_in_another_way_the_first_frame_is_shown(kind: str) -> None:
    shot = develop(film(kind=kind), MOVES)

    assert shot.type in {"image/png", "image/jpeg"}
    assert getattr(opened(shot.content), "n_frames", 1) == 1


def test_a_gif_that_stands_still_is_a_drawing() -> None:
    assert develop(film(frames=1), MOVES).type == "image/png"


def test_a_film_that_breaks_off_shows_its_first_frame() -> None:
    content = film(frames=5)
    shot = develop(content[: len(content) // 2], MOVES)

    assert shot.type != "image/gif"


def test_a_film_whose_last_frame_is_broken_shows_its_first() -> None:
    content = bytearray(film(frames=3))
    start = content.rindex(b"\x21\xf9\x04") + 800  # in the last frame, past its colours
    content[start : start + 60] = b"\xff" * 60
    whole = bytes(content)

    assert develop(whole, MOVES).type != "image/gif"


def test_a_film_that_is_too_long_is_not_decoded() -> None:
    content = film(frames=9, side=10)
    huge = content[:6] + (9_000).to_bytes(2, "little") * 2 + content[10:]

    with pytest.raises(PictureError, match="too many"):
        develop(huge, MOVES)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty file cannot be shown"),
        (b"\n<!DOCTYPE html><title>Log in</title>", "a page cannot be shown"),
        (b"%PDF-1.7", "application/pdf cannot be shown"),
        (b"II*\0....", "image/tiff cannot be shown"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic, .* cannot be shown"),
        (SVG, r"image/svg\+xml cannot be shown"),
        (b"whatever", "what stands there cannot be shown"),
    ],
)
def test_what_is_no_picture_is_called_by_its_name(content: bytes, said: str) -> None:
    with pytest.raises(PictureError, match=f"^{said}$"):
        develop(content, MOVES)


def test_a_bomb_of_any_size_is_told_by_its_head() -> None:
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2
    with pytest.raises(PictureError, match="60000 x 60000 pixels are too many"):
        develop(head + b"\x08\x06\0\0\0", ROOMY)


@pytest.mark.parametrize(
    ("side", "said"),
    [(8_000, "8000 x 8000 pixels are too many"), (20_000, "it is too large")],
)
def test_a_film_whose_frame_is_larger_than_it_says_is_told_as_well(
    side: int, said: str
) -> None:
    content = bytearray(film(frames=1))
    start = content.index(b"\x2c\0\0\0\0") + 5
    content[start : start + 4] = side.to_bytes(2, "little") * 2

    with pytest.raises(PictureError, match=said):
        develop(bytes(content), MOVES)


@pytest.mark.filterwarnings("error")
def test_a_webp_that_is_larger_than_any_can_be_is_not_opened() -> None:
    content = bytearray(film(kind="WEBP"))
    content[24:27] = b"\xff\xff\xff"  # the width of its canvas, less one

    with pytest.raises(PictureError, match="nobody can tell how large it is"):
        develop(bytes(content), MOVES)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        SVG,
        photo()[:300],
        photo(kind="PNG")[:200],
        b"GIF89a" + b"\xff" * 40,
        b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 40,
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError):
        develop(content, ROOMY)


def test_a_bomb_is_not_decoded() -> None:
    target = BytesIO()
    Image.new("1", (9_000, 9_000)).save(target, "PNG")

    with pytest.raises(PictureError, match="9000 x 9000 pixels are too many"):
        develop(target.getvalue(), ROOMY)


def test_pillow_is_imported_only_where_a_picture_is_made() -> None:
    head = Path(module.__file__).read_text("utf-8").partition("def develop")[0]

    assert "\nfrom PIL" not in head

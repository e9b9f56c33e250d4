from io import BytesIO
from pathlib import Path

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

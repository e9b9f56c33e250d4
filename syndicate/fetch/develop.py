"""
A picture made fit for a channel: small enough, upright, and without what a camera adds.

    bytes -> decoded -> turned upright -> shrunk -> written anew, with no metadata

What stands at an address may be anything, made by anybody: nothing is decoded that is
larger than a large photograph, and whatever a decoder trips over is one picture that
cannot be shown. A GIF that moves goes on moving where the channel takes it and it needs
no shrinking; of all else that moves, the first frame is shown.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from syndicate.channels.base import PictureError, Shot
from syndicate.fetch.moving import without_words
from syndicate.fetch.sizes import AVIF, GIF, JPEG, PNG, WEBP, measure, name_of, type_of
from syndicate.model import PictureLimits

if TYPE_CHECKING:
    from PIL.Image import Image  # a tenth of a second; only those who upload pay for it
    from PIL.ImageFile import ImageFile

MOST_PIXELS = 50_000_000
FORMATS = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", WEBP: "WEBP", AVIF: "AVIF"}
QUALITIES = (88, 78, 68)  # of JPEG, in turn
STEP = 0.7  # of both sides, where no quality makes it small enough
SMALLEST = 64  # pixels of the longer side; less shows nothing
PAPER = "white"  # behind what is transparent
DEEP = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})

_one_at_a_time = Lock()  # so that large pictures take memory one after the other


def develop(content: bytes, limits: PictureLimits) -> Shot:
    """
    Make a picture as a channel accepts it. The same bytes give the same picture.

    Raises:
        PictureError: It is no picture, too large to decode, or cannot be made to fit.
    """
    found = type_of(content)
    if found not in FORMATS:
        raise PictureError(f"{name_of(content)} cannot be shown")
    try:
        with _one_at_a_time:
            _check_size(content)
            moving = found == GIF and limits.moving and _moving(content, limits)
            return moving or _developed(content, FORMATS[found], limits)
    except PictureError:
        raise
    except Exception as error:  # a decoder may raise anything over a stranger's bytes
        word = "too large" if "Bomb" in type(error).__name__ else "broken"
        raise PictureError(f"it is {word}: {type(error).__name__}") from error


def _check_size(content: bytes) -> None:
    """
    Refuse what is too large before anything of it is decoded.

    Raises:
        PictureError: It is.
    """
    found = measure(content)
    if found is None or found.width is None or found.height is None:
        if type_of(content) == WEBP:  # whose decoder takes the room before it is asked
            raise PictureError("nobody can tell how large it is")
        return  # one whose head is beyond us: it is asked once it is open
    _check_sides(found.width, found.height)


def _check_sides(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureError(f"{width} x {height} pixels are too many")


def _moving(content: bytes, limits: PictureLimits) -> Shot | None:
    """Give a GIF as it is, if it moves, is whole and needs no shrinking."""
    from PIL import ImageSequence  # noqa: PLC0415 - see above

    with _opened(content, "GIF") as opened:
        width, height = opened.size
        frames = getattr(opened, "n_frames", 1)
        fits = len(content) <= limits.size and max(width, height) <= limits.side
        if frames == 1 or not fits or frames * width * height > MOST_PIXELS:
            return None
        try:
            for frame in ImageSequence.Iterator(opened):
                frame.load()  # one that is broken is found here, not by followers
            written = without_words(content)
        except (OSError, ValueError):
            return None
    return Shot(content=written, type=GIF, width=width, height=height)


def _developed(content: bytes, name: str, limits: PictureLimits) -> Shot:
    image = _upright(content, name, limits.side)
    while True:
        for kind, quality in _ways(image, name, limits):
            written = _written(image, kind, quality)
            if len(written) <= limits.size:
                width, height = image.size
                return Shot(content=written, type=kind, width=width, height=height)
        if max(image.size) <= SMALLEST:
            raise PictureError(f"it cannot be made smaller than {limits.size:,} bytes")
        width, height = (max(1, round(side * STEP)) for side in image.size)
        image = image.resize((width, height))


def _opened(content: bytes, name: str) -> ImageFile:
    from PIL import Image  # noqa: PLC0415 - see above

    # A frame may be larger than the head says. Pillow refuses twice this, and warns of
    # this: then the size is known, and we refuse it ourselves.
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    return Image.open(BytesIO(content), formats=[name])


def _upright(content: bytes, name: str, side: int) -> Image:
    from PIL import ImageOps  # noqa: PLC0415 - see above

    with _opened(content, name) as opened:
        _check_sides(*opened.size)
        opened.draft("RGB", (side, side))  # JPEG alone: decoded smaller, so sooner
        image = ImageOps.exif_transpose(opened)
    if image.mode in DEEP:  # 65,536 shades of grey, which would be cut to 256 whites
        image = image.convert("I").point(lambda shade: shade / 257).convert("L")
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((side, side))
    image.info = {"icc_profile": profile} if profile else {}  # colours, and no place
    return image


def _ways(
    image: Image, name: str, limits: PictureLimits
) -> list[tuple[str, int | None]]:
    """List how it may be written, the best first: what is drawn as PNG, else as JPEG."""
    drawn = name in {"PNG", "GIF"} or image.mode == "RGBA"
    ways: list[tuple[str, int | None]] = [(JPEG, quality) for quality in QUALITIES]
    if drawn:
        ways.insert(0, (PNG, None))
    return [way for way in ways if way[0] in limits.types]


def _written(image: Image, kind: str, quality: int | None) -> bytes:
    from PIL import Image  # noqa: PLC0415 - see above

    target, profile = BytesIO(), image.info.get("icc_profile")
    if kind == PNG:
        image.save(target, "PNG", icc_profile=profile)
        return target.getvalue()
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, PAPER)
        paper.paste(image, mask=image)
        image = paper
    image.save(target, "JPEG", quality=quality, icc_profile=profile)
    return target.getvalue()

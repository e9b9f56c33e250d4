"""
Type and size of a picture, from its first bytes. Nothing is decoded.

    bytes -> type (signatures) -> width and height (imagesize; an SVG's own words)

What claims to be a picture may be anything, made by anybody: an HTML page, half a file,
a header that promises a million pixels a side. A type is only given where the bytes
begin like it, and a size only where it can be true.
"""

from io import BytesIO

from syndicate.model import Measure
from syndicate.posts.late import late, late_regex

LARGEST = 65_535
"""Pixels of a side: more than JPEG, GIF and WebP can hold, and no screen shows more."""

JPEG, PNG, GIF = "image/jpeg", "image/png", "image/gif"
WEBP, AVIF, SVG = "image/webp", "image/avif", "image/svg+xml"

STARTS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1"})
OTHERS = (
    (b"<!doctype html", "a page"),
    (b"<html", "a page"),
    (b"%pdf-", "application/pdf"),
    (b"ii*\0", "image/tiff"),
    (b"mm\0*", "image/tiff"),
    (b"bm", "image/bmp"),
    (b"\0\0\1\0", "image/x-icon"),
    (b"\0\0\0\x0cjxl ", "image/jxl"),
    (b"\xff\x0a", "image/jxl"),
)
"""What is often put where a picture should be: how it begins, in small letters."""

SVG_ROOT = late_regex(
    rb"(?si)(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->"
    rb"|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?>)*+<svg((?:\s[^>]*)?)>"
)
"""
The opening tag, and before it only what XML allows there. No entity is ever looked at.

Atomic groups: a file of ten thousand comments must not be read in every way there is.
"""

SVG_ATTRIBUTE = late(rb"\s(width|height|viewBox)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
LENGTH = late(r"\s*(\d{1,6}(?:\.\d{0,6})?)\s*(px|pt|pc|in|cm|mm|q)?\s*")
PIXELS = {
    "px": 1, "pt": 96 / 72, "pc": 16, "in": 96,
    "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54,
}  # fmt: skip
"""CSS Values 4, section 6.2: absolute lengths."""


def measure(content: bytes, *, length: int | None = None) -> Measure | None:
    """
    Tell what kind of picture bytes are, and how large.

    Args:
        content: The beginning of a file, or all of it.
        length: Bytes of all of it, if known.

    Returns:
        Width and height as the picture is shown (a camera's orientation applied), or
        neither. ``None`` where it is no JPEG, PNG, GIF, WebP, AVIF or SVG.
    """
    found = type_of(content)
    if found is None:
        return None
    width, height = _svg_size(content) if found == SVG else _size(content)
    possible = 0 < width <= LARGEST and 0 < height <= LARGEST
    return Measure(
        type=found,
        length=length,
        width=width if possible else None,
        height=height if possible else None,
    )


def type_of(content: bytes) -> str | None:
    """Give the media type of a picture by its signature."""
    for start, found in STARTS:
        if content.startswith(start):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and AVIF_BRANDS & _brands(content):
        return AVIF
    return SVG if SVG_ROOT.match(content) else None


def name_of(content: bytes) -> str:
    """Say what bytes are, for people: a media type, or what else stands there."""
    if not content:
        return "an empty file"
    if found := type_of(content):
        return found
    if content[4:8] == b"ftyp" and HEIC_BRANDS & _brands(content):
        return "image/heic, which most browsers do not show either,"
    head = content[:256].lstrip().lower()
    return next(
        (name for start, name in OTHERS if head.startswith(start)), "what stands there"
    )


def _brands(content: bytes) -> set[bytes]:
    """Give the brands of an ISO base media file (ISO/IEC 14496-12, section 4.3)."""
    end = min(int.from_bytes(content[:4], "big"), len(content), 256)
    return {content[8:12]} | {content[at : at + 4] for at in range(16, end, 4)}


def _size(content: bytes) -> tuple[int, int]:
    # It brings urllib along: three hundredths of a second, only where there is a picture.
    import imagesize  # noqa: PLC0415

    width, height = imagesize.get(BytesIO(content))
    return int(width), int(height)


def _svg_size(content: bytes) -> tuple[int, int]:
    """Read ``width`` and ``height``, or else the shape of the ``viewBox``."""
    root = SVG_ROOT.match(content)
    said = {
        name.decode().lower(): (one or other).decode("ascii", "replace")
        for name, one, other in SVG_ATTRIBUTE.findall(root[1] if root else b"")
    }
    sides = [_pixels(said.get(name, "")) for name in ("width", "height")]
    if not all(sides):
        _, _, *sides = [_pixels(each) for each in _four(said.get("viewbox", ""))]
    return round(sides[0]), round(sides[1])


def _four(words: str) -> list[str]:
    found = words.replace(",", " ").split()
    return found if len(found) == 4 else ["", "", "", ""]  # noqa: PLR2004 - SVG 2, 8.6


def _pixels(text: str) -> float:
    """Give an absolute length in pixels; 0 where it is none, such as ``100%``."""
    found = LENGTH.fullmatch(text.lower())
    return float(found[1]) * PIXELS[found[2] or "px"] if found else 0

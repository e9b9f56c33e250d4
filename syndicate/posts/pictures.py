"""
The picture that stands for a post.

What front matter names, as the common themes of Jekyll, Hugo and Ghost do, else the
first picture in the body. What a picture measures is not looked up here.
"""

from collections.abc import Iterator, Mapping

from syndicate.model import Picture
from syndicate.posts.addresses import on_site
from syndicate.posts.markup import tags
from syndicate.posts.plain import one_line

KEYS = (
    "image feature_image featured_image cover cover_image header og_image thumbnail hero"
    " banner images".split()
)
"""In the order in which they count."""

ADDRESS = ("url", "path", "src", "image", "feature", "teaser", "overlay_image")
ALT = ("alt", "image_alt", "caption")

TYPES = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def picture(fields: Mapping[str, object], html: str, site_url: str) -> Picture | None:
    """
    Find the picture of a post.

    Args:
        fields: Front matter. An address may be relative to the site.
        html: The body, canonical.
        site_url: Path included, without the closing slash.

    Returns:
        Its address, absolute; its alt text, that of the same picture in the body if the
        front matter says none; its type, told by the ending. ``None`` where there is
        no picture.
    """
    shown = [image for image in tags(html, "img") if not _is_dot(image)]
    for written, alt in _named(fields):
        url = on_site(written, site_url)
        if url:
            alts = [alt, *(i.get("alt", "") for i in shown if i.get("src") == url)]
            return _picture(url, next(filter(None, alts), ""))
    for image in shown:
        if url := image.get("src"):
            return _picture(url, image.get("alt", ""))
    return None


def type_of(url: str) -> str | None:
    """Tell the type of a picture by the ending of its address."""
    path = url.partition("#")[0].partition("?")[0]
    return TYPES.get(path.rpartition(".")[2].lower())


def _picture(url: str, alt: str) -> Picture:
    return Picture(url=url, alt=one_line(alt), type=type_of(url))


def _named(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give address and alt text of every picture that the front matter names."""
    for key in KEYS:
        value = fields.get(key)
        if isinstance(value, list):
            value = value[0] if value else ""
        inner = value if isinstance(value, Mapping) else {}
        written = value if isinstance(value, str) else _first(inner, ADDRESS)
        if _is_address(written):
            alt = _first(inner, ALT) or _first(fields, (f"{key}_alt", f"{key}-alt"))
            yield written.strip(), alt


def _first(fields: Mapping[str, object], keys: tuple[str, ...]) -> str:
    return next((v for key in keys if isinstance(v := fields.get(key), str) and v), "")


def _is_address(text: str) -> bool:
    """Whether it can be one: ``hero: false`` and ``header: wide`` are not."""
    return "." in text or "/" in text


def _is_dot(image: Mapping[str, str]) -> bool:
    """Whether it is one pixel, which counts readers and shows nothing."""
    return image.get("width") in {"0", "1"} or image.get("height") in {"0", "1"}

"""
The picture that stands for a post.

What front matter names, as the common themes of Jekyll, Hugo, Ghost and Eleventy do,
else the first picture in the body. Nothing is measured here: the type comes from a
file's bytes, never from its name, and a width only where the author wrote one down.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from syndicate.model import Picture
from syndicate.posts.addresses import on_site, web
from syndicate.posts.late import late
from syndicate.posts.markup import tags
from syndicate.posts.plain import one_line

KEYS = (
    "image feature_image featured_image featuredImage cover cover_image coverImage header"
    " og og_image og:image open_graph twitter_image social_image thumbnail teaser hero"
    " banner images heroImage ogImage featureImage featuredImagePreview feature-img"
    " header-img banner_image excerpt_image img thumb poster".split()
)
"""In the order in which they count."""

ADDRESS = ("url", "path", "src", "image", "feature", "teaser", "overlay_image")
ALT = ("alt", "image_alt", "title", "caption")
CREDIT = ("credit", "credits", "image_credit", "photographer", "byline", "copyright")
BESIDE_ALT = ("{}_alt", "{}-alt", "{}Alt", "{}_caption")
BESIDE_CREDIT = ("{}_credit", "{}-credit", "{}Credit")

MARKUP = late(r"</?[A-Za-z][^<>]*>")
"""What a browser takes for a tag. ``<기생충>`` is a title in Korean quotation marks."""

ENDING = late(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
DOT = late(r"\s*[01](?:\.\d+)?(?:px)?\s*")
MOST_PIXELS = 65_535


def picture(
    fields: Mapping[str, object], html: str, site_url: str, *, bundle: str = ""
) -> Picture | None:
    """
    Find the picture of a post.

    Args:
        fields: Front matter. An address may be relative to the site.
        html: The body, canonical.
        site_url: Path included, without the closing slash.
        bundle: The post's address, if it is a folder of its own with its files: there,
            to Hugo, a bare name such as ``cover.jpg`` is that of a file beside it.

    Returns:
        Its address, absolute; its alt text, that of the same picture in the body if the
        front matter says none; its credit and size as far as the author wrote them
        down. ``None`` where there is no picture.
    """
    shown = [image for image in tags(html, "img") if not _is_dot(image)]
    for key, written in _named(fields):
        beside = bundle and "/" not in written.removeprefix("./")
        if url := web(written, bundle) if beside else on_site(written, site_url):
            return _chosen(url, key, fields=fields, shown=shown)
    for image in shown:
        if url := image.get("src"):
            # Its width there is how large it is shown, not how large it is.
            return _made(url, {}, alt=image.get("alt", ""))
    return None


def is_picture(address: str) -> bool:
    """Tell whether an address ends as those of pictures do."""
    return ENDING.search(address.partition("#")[0].partition("?")[0]) is not None


def _chosen(
    url: str,
    key: str,
    *,
    fields: Mapping[str, object],
    shown: Sequence[Mapping[str, str]],
) -> Picture:
    inner = _inner(fields[key])
    alts = [_first(inner, ALT), _beside(fields, key, BESIDE_ALT)]
    alts += [image.get("alt", "") for image in shown if image.get("src") == url]
    credit = _first(inner, CREDIT) or _beside(fields, key, BESIDE_CREDIT)
    return _made(url, inner, alt=next(filter(None, alts), ""), credit=credit)


def _made(
    url: str, sizes: Mapping[str, object], *, alt: str, credit: str = ""
) -> Picture:
    width, height = _pixels(sizes.get("width")), _pixels(sizes.get("height"))
    whole = width is not None and height is not None
    return Picture(
        url=url,
        alt=_words(alt),
        credit=_words(credit),
        width=width if whole else None,
        height=height if whole else None,
    )


def _named(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give key and address of every picture that the front matter names."""
    for key in KEYS:
        if key not in fields:
            continue
        value = fields[key]
        if isinstance(value, list):
            value = value[0] if value else ""
        written = value if isinstance(value, str) else _first(_inner(value), ADDRESS)
        if _is_address(written):
            yield key, written.strip()


def _inner(value: object) -> Mapping[str, object]:
    """Give what a key says in detail: a mapping, or the first of a list of them."""
    if isinstance(value, list):
        return _inner(value[0] if value else "")
    return value if isinstance(value, Mapping) else {}


def _beside(fields: Mapping[str, object], key: str, names: tuple[str, ...]) -> str:
    """Look for what stands beside a key: ``image`` and ``image_alt``."""
    return _first(fields, tuple(name.format(key) for name in names))


def _first(fields: Mapping[str, object], keys: tuple[str, ...]) -> str:
    return next((v for key in keys if isinstance(v := fields.get(key), str) and v), "")


def _words(text: str) -> str:
    """Give one line of plain text; Ghost writes its captions as HTML."""
    return one_line(unescape(MARKUP.sub("", text)) if "<" in text else text)


def _is_address(text: str) -> bool:
    """Whether it can be one: ``hero: false`` and ``header: wide`` are not."""
    return "." in text or "/" in text


def _pixels(written: object) -> int | None:
    """Read a width or height: ``640`` or ``640px``; ``100%`` says nothing."""
    text = str(written).strip().removesuffix("px")
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(MOST_PIXELS)):
        return None
    return int(text) if 1 < int(text) <= MOST_PIXELS else None


def _is_dot(image: Mapping[str, str]) -> bool:
    """Whether it is one pixel, which counts readers and shows nothing."""
    sizes = (image.get("width"), image.get("height"))
    return any(size is not None and DOT.fullmatch(size) for size in sizes)

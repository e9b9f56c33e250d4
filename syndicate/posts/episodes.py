"""
What players show of a recording: what front matter says of an episode.

Source: podcasters.apple.com/support/823-podcast-requirements and
podcastindex.org/namespace/1.0. Either spelling is read: ``season`` or ``itunes_season``,
beside the recording or within ``podcast: {…}`` or ``itunes: {…}``.
"""

from collections.abc import Iterator, Mapping

from syndicate.model import Episode, Person, Transcript
from syndicate.posts.addresses import on_site
from syndicate.posts.plain import one_line

KINDS = ("full", "trailer", "bonus")
EXPLICIT = {"yes": True, "true": True, "explicit": True}
CLEAN = {"no": False, "false": False, "clean": False}
TRANSCRIPTS = {
    "html": "text/html",
    "json": "application/json",
    "srt": "application/x-subrip",
    "txt": "text/plain",
    "vtt": "text/vtt",
}
"""Types by ending, as the namespace lists them: what a transcript is called is its form."""

ROLES = {"hosts": "host", "host": "host", "guests": "guest", "guest": "guest"}
LARGEST = 9999


def episode(fields: Mapping[str, object], site_url: str) -> Episode:
    """
    Read what a post says of its episode.

    Args:
        fields: Front matter. Addresses may be relative to the site.
        site_url: Path included, without the closing slash.
    """
    said = _said(fields)
    kind = _text(said, "episode_type", "episodetype", "type").lower()
    return Episode(
        number=_number(_text(said, "episode", "episode_number")),
        season=_number(_text(said, "season", "season_number")),
        kind=kind if kind in KINDS else "",
        is_explicit=(EXPLICIT | CLEAN).get(_text(said, "explicit").lower()),
        image=_address(_text(said, "episode_image", "podcast_image"), site_url),
        chapters=_address(_text(said, "chapters", "chapters_url"), site_url),
        transcripts=tuple(_transcripts(said, site_url)),
        persons=tuple(_persons(said, site_url)),
    )


def _said(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Bring every spelling to one: what is said within a key counts first."""
    whole: dict[str, object] = {}
    for key, value in fields.items():
        whole.setdefault(key.lower().removeprefix("itunes_"), value)
    for key in ("itunes", "podcast"):
        inner = fields.get(key)
        if isinstance(inner, Mapping):
            whole |= {str(name).lower(): value for name, value in inner.items()}
            if "image" in inner:
                whole["episode_image"] = inner["image"]
    return whole


def _transcripts(said: Mapping[str, object], site_url: str) -> Iterator[Transcript]:
    for each in _each(said, "transcript", "transcripts"):
        inner = each if isinstance(each, Mapping) else {"url": each}
        url = _address(_text(inner, "url", "src", "file"), site_url)
        ending = url.partition("?")[0].rpartition(".")[2].lower()
        kind = _text(inner, "type") or TRANSCRIPTS.get(ending, "")
        if url and kind:
            language = _text(inner, "language", "lang")
            yield Transcript(url=url, type=kind, language=language)


def _persons(said: Mapping[str, object], site_url: str) -> Iterator[Person]:
    for key in ("person", "persons", "people", *ROLES):
        for each in _each(said, key):
            inner = each if isinstance(each, Mapping) else {"name": each}
            if name := one_line(_text(inner, "name")):
                yield Person(
                    name=name,
                    role=_text(inner, "role").lower() or ROLES.get(key, ""),
                    url=_address(_text(inner, "url", "href", "link"), site_url),
                    image=_address(_text(inner, "image", "img"), site_url),
                )


def _each(said: Mapping[str, object], *keys: str) -> Iterator[object]:
    for key in keys:
        value = said.get(key, "")
        yield from value if isinstance(value, list) else [value]


def _text(said: Mapping[str, object], *keys: str) -> str:
    found = (v for key in keys if isinstance(v := said.get(key), str) and v.strip())
    return next(found, "").strip()


def _address(text: str, site_url: str) -> str:
    """Complete an address; a word is none."""
    return (on_site(text, site_url) or "") if "." in text or "/" in text else ""


def _number(text: str) -> int | None:
    is_one = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))
    return (int(text) or None) if is_one else None

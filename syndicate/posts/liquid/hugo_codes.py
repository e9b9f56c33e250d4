"""
Hugo's short codes, as HTML.

    {{< figure src="a.png" alt="…" >}}    {{< youtube abc >}}    {{< ref "quake.md" >}}
    {{< highlight go >}} … {{< /highlight >}}    {{% notice %}} … {{% /notice %}}

What stands between the marks of a pair stays, whatever the pair would have made of it.
Source: gohugo.io/content-management/shortcodes
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from syndicate.posts.pictures import is_picture
from syndicate.posts.short_codes import ADDRESS, PICTURE, SITES, link, picture

CLOSERS = {"<": ">}}", "%": "%}}"}
CODE = frozenset({"highlight", "code", "mermaid", "plantuml"})
"""Pairs that hold code."""

REFERENCES = frozenset({"ref", "relref"})

HUGO, REFERENCE = "hugo code", "hugo reference"
"""The tags that codes are told as: no author can write these."""

CODE_OPENER = re.compile(r"\{\{(?=[<%])")
SHOWN = re.compile(r"\{\{([<%])/\*([^*\n]*)\*/([>%])\}\}")
"""A short code that is only shown: ``{{</* figure */>}}``."""

PAIR = re.compile(r"\{\{[<%]\s*/\s*([\w/.-]+)")
WORD = re.compile(
    r"(?:([\w-]+)\s*=\s*)?(?:\"((?:[^\"\\]|\\.)*)\\?(?:\"|\Z)|`([^`]*)(?:`|\Z)|([^\s\"`]+))",
    re.DOTALL,
)
"""A quote that nobody closes ends with the code, so that none is looked for twice."""

PLACES = {
    **SITES,
    "instagram": "https://www.instagram.com/p/",
    "bilibili": "https://www.bilibili.com/video/",
}
TWEETS = frozenset({"tweet", "twitter", "x"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HugoCode:
    """One short code."""

    name: str  # "/figure" where it closes a pair; nothing for one that is only shown
    rest: str
    end: int  # in the body, behind it


def read_code(body: str, start: int) -> HugoCode | None:
    """Read the short code that begins at an offset; nothing where it does not end."""
    sign = body[start + 2]
    end = body.find(CLOSERS[sign], start)
    if end < 0:
        return None
    inside = body[start + 3 : end].strip()
    end += len(CLOSERS[sign])
    if inside.startswith("/*") and inside.endswith("*/"):
        shown = f"{{{{{sign} {inside[2:-2].strip()} {CLOSERS[sign]}"
        return HugoCode(name="", rest=shown, end=end)
    if inside.startswith("/"):
        return HugoCode(name=f"/{inside[1:].strip()}", rest="", end=end)
    name, _, rest = inside.removesuffix("/").strip().partition(" ")
    return HugoCode(name=name, rest=rest, end=end)


def as_shown(code: str) -> str:
    """Take the marks off short codes that are only shown."""
    return SHOWN.sub(r"{{\1\2\3}}", code)


def names_of_pairs(body: str) -> frozenset[str]:
    """Name the codes that are closed somewhere."""
    return frozenset(PAIR.findall(body))


def words_of(rest: str) -> tuple[Sequence[str], Mapping[str, str]]:
    """Give the words of a short code: those without a name, and those with one."""
    plain, named = [], {}
    for name, quoted, raw, bare in WORD.findall(rest):
        if name:
            named[name.lower()] = quoted or raw or bare
        else:
            plain.append(quoted or raw or bare)
    return plain, named


def html_of(name: str, rest: str, site_url: str) -> str:
    """
    Give what a short code stands for; nothing where that is not known.

    Args:
        name: Of the code.
        rest: What follows the name.
        site_url: What the address of a picture is relative to.
    """
    plain, named = words_of(rest)
    found = [named[key] for key in ("src", "link", "url") if named.get(key)]
    source = next(filter(is_picture, [*found, *plain]), "")
    if not source and PICTURE.search(name):
        source = named.get("src") or next(iter(plain), "")
    if source:
        said = named.get("alt") or next((w for w in plain if w != source), "")
        shown = {"alt": said, "caption": _caption(named)}
        return picture([source], shown, site_url)
    own = named.get("id") or "/".join(plain[: 2 if name == "gist" else 1])
    if name in PLACES and own:
        return link(PLACES[name] + own)
    if name in TWEETS and {"user", "id"} <= named.keys():
        return link(f"https://x.com/{named['user']}/status/{named['id']}")
    address = ADDRESS.search(rest)
    return link(address[0]) if address else ""


def _caption(named: Mapping[str, str]) -> str:
    """Give what stands below a picture: its title, the caption and who made it."""
    made = named.get("attr", "")
    if made and (address := named.get("attrlink")):
        made = f"[{made}]({address})"
    return " ".join(filter(None, [named.get("title"), named.get("caption"), made]))

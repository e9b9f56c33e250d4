"""
Writes a first ``config.toml``, from the site that is there. No network.

Reads Jekyll's ``_config.yml`` and Hugo's ``hugo.toml`` (or ``config.toml`` with a
``baseURL``). Source of the keys: jekyllrb.com/docs/configuration/options/ and
gohugo.io/configuration/all/.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from syndicate.config.checks import PERMALINK_NAMES
from syndicate.errors import SetupError, UsageError

EXAMPLE = "https://news.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What ``init`` wrote."""

    path: Path
    source: str | None  # the file it read
    took: Mapping[str, str] = field(default_factory=dict)  # "site.url" to value


def start(folder: Path) -> Started:
    """
    Write ``config.toml`` into a folder and make its posts folder.

    Raises:
        UsageError: There is a ``config.toml`` of ours already, or what is there
            cannot be read.
        SetupError: The disk refused.
    """
    target = folder / "config.toml"
    source, took = _from_site(folder)
    if target.exists():
        hint = (
            "; move Hugo's to hugo.toml, its newer name"
            if source == target.name
            else ""
        )
        raise UsageError(f"{target} exists; it was left as it is{hint}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / took.get("posts.dir", "_posts")).mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(_lines(took)) + "\n", "utf-8")
    except OSError as error:
        raise SetupError(f"cannot write {target}: {error.strerror}") from error
    return Started(path=target, source=source, took=took)


def _from_site(folder: Path) -> tuple[str | None, dict[str, str]]:
    """Give the file that was read and the keys it gave."""
    for name, take in READERS.items():
        path = folder / name
        if not path.is_file():
            continue
        try:
            said = _parse(path)
        except (OSError, ValueError, yaml.YAMLError) as error:
            reason = str(error).partition("\n")[0]
            raise UsageError(f"{path} cannot be read: {reason}") from None
        if isinstance(said, dict) and (took := dict(take(said))):
            return name, took
    return None, {}


def _parse(path: Path) -> Any:
    text = path.read_text("utf-8-sig")
    if path.suffix == ".toml":
        return tomllib.loads(text)
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _from_jekyll(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    url = str(said.get("url") or "").rstrip("/")
    if url:
        yield "site.url", url + str(said.get("baseurl") or "").rstrip("/")
    yield from _texts(
        said, title="title", description="description", timezone="timezone"
    )
    if language := said.get("lang") or said.get("locale"):
        yield "site.language", str(language).replace("_", "-")
    author = said.get("author")
    if name := author.get("name") if isinstance(author, dict) else author:
        yield "site.author", str(name)
    permalink = str(said.get("permalink") or "")
    if permalink in PERMALINK_NAMES or permalink.startswith("/"):
        yield "posts.permalink", permalink
    if collections := said.get("collections_dir"):
        yield "posts.dir", f"{collections}/_posts"


def _from_hugo(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    keys = {str(key).lower(): value for key, value in said.items()}
    if "baseurl" not in keys:
        return
    yield "site.url", str(keys["baseurl"]).rstrip("/")
    yield from _texts(keys, title="title", timezone="timezone")
    if language := keys.get("locale") or keys.get("languagecode"):
        yield "site.language", str(language).replace("_", "-")
    if isinstance(params := keys.get("params"), dict):
        yield from _texts(params, description="description")
    yield "posts.dir", str(keys.get("contentdir") or "content")
    yield "posts.permalink", "/:path/"


def _texts(said: Mapping[str, Any], **keys: str) -> Iterator[tuple[str, str]]:
    for key, name in keys.items():
        if said.get(key):
            yield f"site.{name}", re.sub(r"\s+", " ", str(said[key])).strip()


READERS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[tuple[str, str]]]] = {
    "_config.yml": _from_jekyll,
    "_config.toml": _from_jekyll,
    "hugo.toml": _from_hugo,
    "hugo.yaml": _from_hugo,
    "config.toml": _from_hugo,
    "config.yaml": _from_hugo,
}


def _lines(took: Mapping[str, str]) -> Iterator[str]:
    """Write the file: what was taken, and the rest as comments that can be uncommented."""
    yield "[site]"
    yield _key("url", took.get("site.url", EXAMPLE)) + "  # the only required key"
    for name, example in SITE.items():
        value = took.get(f"site.{name}")
        yield _key(name, value) if value else "# " + _key(name, example)
    yield from ("", "[posts]", _key("dir", took.get("posts.dir", "_posts")))
    permalink = took.get("posts.permalink")
    yield (
        _key("permalink", permalink) if permalink else "# " + _key("permalink", "date")
    )
    yield from REST


def _key(name: str, value: str) -> str:
    # A JSON string without escapes beyond these is a TOML basic string.
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"


SITE = {
    "title": "The News",
    "description": "News of our town",
    "language": "ko",
    "timezone": "Asia/Seoul",
    "author": "Newsroom",
}
REST = """
[feeds]
dir = "feeds"
# url = "https://news.example/feeds/"  # where readers fetch them

[server]
listen = "127.0.0.1:8700"  # "" switches it off

# Posts titled [속보] …, in the categories 속보 or breaking, or with `breaking: true`
# become alerts; docs/reference/config.md shows how to write rules of your own.

[[channels]]
name = "terminal"
kind = "log"

# [[channels]]
# name = "desk-telegram"
# kind = "telegram"
# token_file = "/run/secrets/telegram"
# chat = "@newsdesk"
""".rstrip().splitlines()

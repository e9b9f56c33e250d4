"""
``site.data``: tables and lists beside the posts, as Jekyll keeps them in ``_data``.

    _data/desk.yml            site.data.desk.phone
    _data/people/kim.json     site.data.people.kim.name
    _data/members.csv         site.data.members, a list of rows

A file is read when a body asks for it, within bounds, and one that cannot be read is not
there. Source: jekyllrb.com/docs/datafiles, Jekyll's ``DataReader``
"""

import csv
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import StringIO
from itertools import islice
from pathlib import Path

from syndicate.errors import PostError
from syndicate.posts.data_files import Look, look_at
from syndicate.posts.files import read_file
from syndicate.posts.late import late
from syndicate.posts.liquid.typed import typed
from syndicate.posts.problems import Fault
from syndicate.posts.toml_bound import deep_line
from syndicate.posts.yaml_text import parse

MOST_ROWS = 50_000
"""Of a table: each takes a hundred times the two bytes it may be written in."""

STRANGE = late(r"[^\w\s-]+|(?:^|(?<=\b\s))\s+(?=$|\s?\b)")
BLANKS = late(r"\s+")
"""What Jekyll takes out of a file's name, and what it makes an underscore of."""


def data_of(folder: Path) -> Mapping[str, object]:
    """Give what lies in a folder of data; each file is read when it is asked for."""
    return _data(folder, look_at(folder))


class SiteData(Mapping[str, object]):
    """What files and folders say, by their names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: dict[str, str] = {}
        self.below: dict[str, SiteData] = {}
        self._said: dict[str, object] = {}

    def add(self, steps: Sequence[str], path: str) -> None:
        """Add a file; ``steps`` are the folders to it from here, and its name."""
        name = _named(steps[0])
        if len(steps) > 1:
            self.below.setdefault(name, SiteData(self.folder)).add(steps[1:], path)
        else:
            self.paths[_named(steps[0].rpartition(".")[0])] = path

    def __getitem__(self, name: str) -> object:
        """Give what stands under a name."""
        if name in self.below:
            return self.below[name]
        if name not in self._said:
            self._said[name] = _read(self.folder, self.paths[name])
        return self._said[name]

    def __iter__(self) -> Iterator[str]:
        """Name everything."""
        return iter({**self.paths, **self.below})

    def __len__(self) -> int:
        """Count everything."""
        return len({**self.paths, **self.below})


@lru_cache(maxsize=2)  # a process has one site; what changed there is read anew
def _data(folder: Path, look: Look) -> SiteData:
    data = SiteData(folder)
    for path, _, _ in look:
        data.add(path.split("/"), path)
    return data


def _named(name: str) -> str:
    return BLANKS.sub("_", STRANGE.sub("", name))


def _read(folder: Path, path: str) -> object:
    """Read a file; nothing where it cannot be."""
    try:
        text = read_file(folder, path).decode("utf-8-sig")
        return READ[path.rpartition(".")[2]](text)
    except (PostError, Fault, ValueError, RecursionError, csv.Error):
        return None


def _yaml(text: str) -> object:
    return typed(parse(text)[0])


def _toml(text: str) -> object:
    if deep_line(text):
        raise ValueError("nested too deeply")
    return tomllib.loads(text)


def _table(delimiter: str) -> Callable[[str], object]:
    def rows(text: str) -> object:
        found = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter)
        return list(islice(found, MOST_ROWS))

    return rows


READ: Mapping[str, Callable[[str], object]] = {
    "yml": _yaml,
    "yaml": _yaml,
    "json": json.loads,
    "toml": _toml,
    "csv": _table(","),
    "tsv": _table("\t"),
}
"""How a file is read, by its ending."""

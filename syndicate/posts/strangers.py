"""Files that are posts to other programs, in languages that are not read here."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ENDINGS = frozenset(
    ".adoc .asciidoc .creole .ipynb .org .qmd .rmd .rst .textile".split()
)


def count_strangers(root: Path, folders: Sequence[str] = ("",)) -> Mapping[str, int]:
    """
    Count such files by their endings, the most frequent first.

    Args:
        root: The posts folder.
        folders: What is looked at below it; ``""`` is all.
    """
    names = (name for folder in folders for name in _names(root / folder))
    endings = (Path(name).suffix.lower() for name in names)
    return dict(Counter(filter(ENDINGS.__contains__, endings)).most_common())


def _names(folder: Path) -> Iterator[str]:
    """Name the files of a folder, but for what Jekyll would not look at."""
    for _, below, names in os.walk(folder):
        below[:] = [name for name in below if name == "_posts" or name[0] not in "._"]
        yield from (name for name in names if name[0] not in "._")

"""
Retires the feeds for partners that are no longer configured, tombstones among them.

Beside a feed that went an empty hidden file of its name is left: so the web server
knows that there was one, and since when there is none.
"""

from collections.abc import Iterator
from pathlib import Path

from syndicate.config import Config
from syndicate.errors import SetupError
from syndicate.feeds.tombstones import FILE as TOMBSTONES

FOLDER = "partner"
OURS = b"<generator>syndicate</generator>"


def retire_partners(config: Config) -> None:
    """
    Remove the feeds nobody asks for any more, those alone that we wrote.

    Raises:
        SetupError: The disk refused.
    """
    for path in _unnamed(config):
        try:
            _retire(path)
        except OSError as error:
            raise SetupError(f"cannot remove {path}: {error.strerror}") from error


def _unnamed(config: Config) -> Iterator[Path]:
    """Find the feeds for partners that the configuration does not ask for."""
    named = {f"{partner.name}.xml" for partner in config.feeds.partners}
    for path in sorted((config.feeds_dir / FOLDER).glob("*.xml")):
        if path.name not in named and path.is_file():
            yield path
    stones = config.feeds_dir / TOMBSTONES
    if not config.feeds.tombstones and stones.is_file():
        yield stones


def _retire(path: Path) -> None:
    if OURS in path.read_bytes()[:4000]:
        path.with_name(f".{path.name}").touch()
        path.unlink()

"""
Retires the feeds of partners that are no longer configured.

Beside a feed that went an empty hidden file of its name is left: so the web server
knows that there was one, and since when there is none.
"""

from pathlib import Path

from syndicate.config import Config
from syndicate.errors import SetupError

FOLDER = "partner"
OURS = b"<generator>syndicate</generator>"


def retire_partners(config: Config) -> None:
    """
    Remove the feeds of partners nobody names any more, those alone that we wrote.

    Raises:
        SetupError: The disk refused.
    """
    named = {f"{partner.name}.xml" for partner in config.feeds.partners}
    for path in sorted((config.feeds_dir / FOLDER).glob("*.xml")):
        if path.name not in named and path.is_file():
            try:
                _retire(path)
            except OSError as error:
                raise SetupError(f"cannot remove {path}: {error.strerror}") from error


def _retire(path: Path) -> None:
    if OURS in path.read_bytes()[:4000]:
        path.with_name(f".{path.name}").touch()
        path.unlink()

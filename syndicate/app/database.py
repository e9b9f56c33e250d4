"""The database of a configuration."""

from typing import TYPE_CHECKING

from syndicate.config import Config
from syndicate.errors import SetupError
from syndicate.outbox.file_right import is_in_use
from syndicate.store.founding import Founding, new_file

if TYPE_CHECKING:
    from syndicate.store.engine import Store
    from syndicate.store.stored import StoredRecords


def open_ledger(config: Config) -> "Store":
    """
    Open the database, and make it where it is new.

    Raises:
        SetupError: It cannot be opened; or it is gone while a daemon works with it, and
            what is told to another would be told to nobody.
    """
    # A first build makes a database without SQLAlchemy, whose import costs more.
    from syndicate.store.engine import missing_file, open_store  # noqa: PLC0415

    url = config.store.url.get_secret_value()
    file = missing_file(url, config.folder)
    if file and is_in_use(file):
        raise SetupError(
            "{path} is gone while a process works with it; stop `syndicate run`, "
            "restore the file, and start it again",
            path=file,
        )
    return open_store(url, config.folder)


def open_records(config: Config) -> "StoredRecords":
    """Open the database for what is kept of posts; raises as ``open_ledger`` does."""
    from syndicate.store.stored import StoredRecords  # noqa: PLC0415 - likewise

    return StoredRecords(open_ledger(config))


def found_records(config: Config) -> Founding | None:
    """
    Give records that will make the database; for one look, and no longer.

    ``None``: it is there, or cannot be made so. What is wrong then ``open_ledger`` says.
    An archive asks the database more than records tell.
    """
    file = new_file(config.store.url.get_secret_value(), config.folder)
    if file is None or is_in_use(file) or config.feeds.archive:
        return None
    return Founding(file)

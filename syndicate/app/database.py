"""The database of a configuration."""

from syndicate.config import Config
from syndicate.errors import SetupError
from syndicate.outbox.sending_right import is_in_use
from syndicate.store.engine import Store, missing_file, open_store


def open_ledger(config: Config) -> Store:
    """
    Open the database, and make it where it is new.

    Raises:
        SetupError: It cannot be opened; or it is gone while a daemon works with it, and
            what is told to another would be told to nobody.
    """
    url = config.store.url.get_secret_value()
    file = missing_file(url, config.folder)
    if file and is_in_use(file):
        raise SetupError(
            "{path} is gone while a process works with it; stop `syndicate run`, "
            "restore the file, and start it again",
            path=file,
        )
    return open_store(url, config.folder)

"""Tables of what serves, keeps and asks: the web server, the database, other servers."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, SecretStr

from syndicate.config import checks
from syndicate.config.values import Duration, Section, within


class ServerConfig(Section):
    """The web server."""

    listen: Annotated[str, AfterValidator(checks.listen)] = "127.0.0.1:8700"
    """Address and port; ``""`` switches it off."""


class StoreConfig(Section):
    """The database."""

    url: Annotated[SecretStr, AfterValidator(checks.database)] = SecretStr(
        "sqlite:///syndicate.db"
    )
    """``sqlite:///FILE`` (relative to ``config.toml``) or ``postgresql+psycopg://…``."""

    keep: Annotated[Duration, within("7d")] = timedelta(days=365)
    """How long what is settled is kept: words, attempts, the audit log."""


class FetchConfig(Section):
    """What is asked of other servers, beside sending."""

    pictures: bool = True
    """Whether ``run`` measures pictures that lie elsewhere."""

    credentials: Annotated[Duration, within("0s", "90d")] = timedelta(days=14)
    """How long before credentials end ``run`` warns. ``"0s"``: platforms are not asked."""

    allow: tuple[Annotated[str, AfterValidator(checks.host)], ...] = ()
    """Hosts that need not be on the public internet: ``host`` or ``host:port``."""

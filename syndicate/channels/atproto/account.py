"""
A session on a PDS, its calls and its refusals.

Source: docs.bsky.app/docs/api (com.atproto.server, com.atproto.repo); errors as PDS
0.4.217 and 0.5.35 gave them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import ReadsBack, Shot, as_json
from syndicate.channels.wire import told
from syndicate.channels.wire.session import ExpiredError, Session, SignsIn
from syndicate.channels.wire.verdict import GoneError, json_of, reason, wait_until
from syndicate.config import Section, WebAddress
from syndicate.errors import (
    DeliveryError,
    InDoubtError,
    NotSentError,
    RejectedError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    import httpx

RENEW = frozenset({"ExpiredToken", "InvalidToken"})
GONE = frozenset({"AccountTakedown", "AccountDeactivated", "AccountSuspended"})


class AccountConfig(Section):
    """Keys of a kind that writes into a repository."""

    handle: str = Field(min_length=1)
    """The account's handle, such as ``news.example``, or its DID."""

    app_password: SecretStr
    """An app password: *Settings, Privacy and security, App passwords*."""

    pds: WebAddress = Field(
        default="https://bsky.social", validation_alias=AliasChoices("pds", "base_url")
    )
    """The server the account is on."""


class Account(SignsIn[AccountConfig], ReadsBack):
    """One account on one PDS."""

    def sign_in(self) -> Session:  # noqa: D102
        secret = self.config.app_password.get_secret_value()
        asked = as_json({"identifier": self.config.handle, "password": secret})
        return _session(self._procedure("server.createSession", asked, token=""))

    def renew(self, session: Session) -> Session:  # noqa: D102
        token = session.refresh
        return _session(self._procedure("server.refreshSession", "", token=token))

    def call(self, name: str, body: str, *, session: Session) -> httpx.Response:
        """Have something done: ``repo.putRecord``."""
        return self._procedure(name, body, token=session.access)

    def ask(
        self, name: str, query: Mapping[str, str], *, session: Session
    ) -> httpx.Response:
        """Have something told: ``repo.getRecord``."""
        return self.post(
            f"{self.config.pds}/xrpc/com.atproto.{name}?{urlencode(query)}",
            "",
            headers={"Authorization": f"Bearer {session.access}"},
            method="GET",
        )

    def lay(self, shot: Shot, session: Session) -> dict[str, Any]:
        """
        Lay down a picture for a record that names it soon; give it as a record does.

        Raises:
            DeliveryError: It was not taken, or not in time.
        """
        response = self.post(
            f"{self.config.pds}/xrpc/com.atproto.repo.uploadBlob",
            shot.content,
            headers={
                "Authorization": f"Bearer {session.access}",
                "Content-Type": shot.type,
            },
        )
        blob = json_of(response).get("blob")
        if not isinstance(blob, dict):
            raise InDoubtError("no blob in the answer")
        return blob

    def _procedure(self, name: str, body: str, *, token: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body:
            headers["Content-Type"] = "application/json"
        url = f"{self.config.pds}/xrpc/com.atproto.{name}"
        return self.post(url, body, headers=headers)

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read the name of an error, which says more than its status."""
        problem, name = super().verdict(response), told(response, "error") or ""
        if isinstance(problem, NotSentError):
            problem.retry_after = problem.retry_after or _until_reset(response)
        if not isinstance(problem, RejectedError):
            return problem
        if name in RENEW:
            return ExpiredError(reason(response), unwelcome=True)
        if name == "RecordNotFound":
            return GoneError(reason(response))
        problem.repeat = name == "InvalidSwap"  # another record is there already
        problem.unwelcome |= name in GONE
        return problem


def _session(response: httpx.Response) -> Session:
    names = ("did", "accessJwt", "refreshJwt")
    account, access, refresh = (told(response, name) for name in names)
    if not (account and access and refresh):
        # Not the answer itself: half a session may stand in it.
        raise NotSentError("no session in the answer to our password")
    return Session(account=account, access=access, refresh=refresh)


def _until_reset(response: httpx.Response) -> timedelta | None:
    written = response.headers.get("ratelimit-reset", "")
    if not re.fullmatch("[0-9]{1,11}", written):
        return None
    return wait_until(datetime.fromtimestamp(int(written), UTC), response)

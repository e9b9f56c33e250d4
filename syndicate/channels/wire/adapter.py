"""
The same door for libraries that insist on requests.

Mounted on a session, it hands every request to ``HttpChannel.post``, so that deadline,
answer limit, redirects and the reading of failures are those of all other kinds.
"""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

Post = Callable[[requests.PreparedRequest], httpx.Response]


class Adapter(BaseAdapter):
    """Sends what requests prepared in another way than requests would."""

    def __init__(self, post: Post) -> None:
        super().__init__()
        self._post = post

    def send(  # type: ignore[override]  # its six settings are about what we do not use
        self,
        request: requests.PreparedRequest,
        **settings: Any,  # noqa: ARG002 - the deadline and our own TLS rule
    ) -> requests.Response:
        """
        Send a request.

        Raises:
            DeliveryError: As ``HttpChannel.post`` does; requests lets it pass.
        """
        accepted = self._post(request)
        response = requests.Response()
        response.status_code = accepted.status_code
        response.headers = CaseInsensitiveDict(accepted.headers)
        response.request = request
        response.url = request.url or ""
        response._content = accepted.content  # noqa: SLF001 - there is no other way in
        return response

    def close(self) -> None:
        """Close nothing: each request had a connection of its own."""


def session(post: Post) -> requests.Session:
    """Give a session all of whose requests go through ``post``."""
    made = requests.Session()
    made.trust_env = False  # no proxies, and no password of .netrc over our token
    for scheme in ("https://", "http://"):
        made.mount(scheme, Adapter(post))
    return made


def headers_of(request: requests.PreparedRequest) -> dict[str, str]:
    """Give a request's headers as text, without those that depend on the body."""
    # requests_oauthlib leaves bytes among them, whatever the types say.
    headers: Mapping[str, str | bytes] = request.headers
    return {
        name: value.decode("latin-1") if isinstance(value, bytes) else value
        for name, value in headers.items()
        if name.lower() != "content-length"
    }

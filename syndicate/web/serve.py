"""
The web server's applications, put together.

    /          -> /feeds/
    /feeds/    what readers fetch
    /healthz   alive
    /readyz    honest: red when something is wrong
    /metrics   who asks how often, and a number for each promise, for Prometheus
    /KEY.txt   the key file of IndexNow, where one is configured
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from syndicate.config import Config
from syndicate.daemon.health import Health
from syndicate.errors import SyndicateError
from syndicate.web.asgi import App, Receive, Reply, Scope, Send, plain, respond
from syndicate.web.feeds import FeedFiles
from syndicate.web.health import Paused, Ready, readiness
from syndicate.web.keys import key_files
from syndicate.web.metrics import Source, expose, reader_metrics
from syndicate.web.readers import Readers
from syndicate.web.service_metrics import service_metrics


def make_site(
    config: Config,
    readers: Readers,
    *,
    ready: Ready,
    paused: Paused = dict,
    health: Health | None = None,
) -> App:
    """
    Put the site together.

    Args:
        config: Says where the feeds are.
        readers: Counts who asks for feeds. The caller flushes it.
        ready: Called once for each ``/readyz``.
        paused: Likewise: the channels that are paused, and why. That is no fault.
        health: What else is measured; ``None``: only who reads.

    Returns:
        An ASGI 3 application, for uvicorn.
    """
    feeds = FeedFiles(config, readers)
    sources: list[Source] = [partial(reader_metrics, readers)]
    if health:
        sources.append(partial(service_metrics, health))
    keys = key_files(config)

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path: str = scope["path"]
            if mount := scope.get("root_path"):
                path = path.removeprefix(mount)
            if path.startswith("/feeds/"):
                reply = await feeds.reply(path[7:], scope)
            elif path in keys and scope["method"] in ("GET", "HEAD"):
                reply = plain(200, keys[path])
            else:
                leads = health.leads if health else True
                state = partial(readiness, ready, paused, leads=leads)
                reply = await _answer(path, scope, state=state, sources=sources)
            await respond(reply, scope, send)
        elif scope["type"] == "lifespan":
            await _live(receive, send)
        else:
            await receive()
            await send({"type": "websocket.close"})

    return site


async def _answer(
    path: str,
    scope: Scope,
    *,
    state: Callable[[Scope], Reply],
    sources: Sequence[Source],
) -> Reply:
    """Answer what is not a feed."""
    if scope["method"] not in ("GET", "HEAD"):
        return plain(405, f"405: not with {scope['method']}", {"allow": "GET, HEAD"})
    match path:
        case "/healthz":
            return plain(200, "ok")
        case "/readyz":
            return state(scope)
        case "/metrics":
            return await asyncio.to_thread(_measures, sources)
        case "/" | "/feeds":
            home = f"{scope.get('root_path', '')}/feeds/"
            return plain(307, f"The feeds are at {home}", {"location": home})
        case _:
            return plain(404, f"404: nothing at {scope['path']}")


def _measures(sources: Sequence[Source]) -> Reply:
    try:
        return expose(sources)
    except SyndicateError as error:
        return plain(503, f"503: cannot be measured now: {error}")


async def _live(receive: Receive, send: Send) -> None:
    """Follow the server's start and stop; there is nothing to open or close."""
    while True:
        event = (await receive())["type"].removeprefix("lifespan.")
        await send({"type": f"lifespan.{event}.complete"})
        if event == "shutdown":
            return

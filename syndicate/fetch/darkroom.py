"""
Pictures for channels that hand them over: fetched once, developed for each channel.

    expect     begins, as soon as it is known that somebody will ask
    get        waits for it, but not for long

One alert goes to many channels in the same moment. Its picture is fetched once for all
of them, and kept for a while, for the next try and the next post.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

from syndicate.channels.base import PictureError, Pictures, Shot
from syndicate.fetch.ask import Asker, FetchError
from syndicate.fetch.develop import develop
from syndicate.fetch.files import opened, path_on_site
from syndicate.model import PictureLimits

Made = TypeVar("Made")

LARGEST = 20 << 20  # bytes of a picture as it stands there
KEPT = 24  # pictures and what was made of them
KEPT_FOR = timedelta(minutes=10)
OK = 200


class Darkroom(Pictures):
    """Pictures of one site's posts. What is under way as the process ends is left."""

    def __init__(self, site_url: str, folders: Sequence[Path], asker: Asker) -> None:
        self._site_url = site_url
        self._folders = folders
        self._asker = asker
        self._jobs: dict[Hashable, tuple[float, Future[Any]]] = {}
        self._lock = Lock()

    def expect(self, url: str, limits: PictureLimits) -> None:  # noqa: D102
        self._shot(url, limits)

    def get(self, url: str, limits: PictureLimits, *, within: timedelta) -> Shot:  # noqa: D102
        try:
            return self._shot(url, limits).result(within.total_seconds())
        except TimeoutError:
            seconds = within.total_seconds()
            raise PictureError(f"{url}: not there within {seconds:.1f} s") from None
        except (FetchError, PictureError, OSError) as error:
            raise PictureError(f"{url}: {error}") from error

    def _shot(self, url: str, limits: PictureLimits) -> Future[Shot]:
        original = self._original(url)
        return self._job((url, limits), lambda: develop(original.result(), limits))

    def _original(self, url: str) -> Future[bytes]:
        return self._job(url, lambda: self._fetch(url))

    def _job(self, name: Hashable, work: Callable[[], Made]) -> Future[Made]:
        """Begin some work, or give what was begun before."""
        with self._lock:
            self._forget()
            if name in self._jobs:
                return self._jobs[name][1]
            job: Future[Made] = Future()
            self._jobs[name] = monotonic(), job
        Thread(target=_do, args=(job, work), name="darkroom", daemon=True).start()
        return job

    def _forget(self) -> None:
        """Drop what is old, or failed: it may succeed the next time."""
        oldest = monotonic() - KEPT_FOR.total_seconds()
        for name, (began, job) in list(self._jobs.items()):
            if job.done() and (began < oldest or job.exception()):
                del self._jobs[name]
        while len(self._jobs) > KEPT:
            del self._jobs[next(iter(self._jobs))]

    def _fetch(self, url: str) -> bytes:
        path = path_on_site(url, self._site_url)
        content = self._read(path) if path else None
        return self._ask(url) if content is None else content

    def _read(self, path: str) -> bytes | None:
        with opened(path, self._folders) as file:
            if file is None:
                return None
            if os.fstat(file).st_size > LARGEST:
                raise PictureError(f"larger than {LARGEST:,} bytes")
            with os.fdopen(os.dup(file), "rb") as stream:
                return stream.read(LARGEST)

    def _ask(self, url: str) -> bytes:
        answer = self._asker.ask(url, most=LARGEST, accept="image/*")
        if answer.status != OK:
            raise FetchError(f"{urlsplit(answer.url).netloc}: HTTP {answer.status}")
        if not answer.is_whole:
            raise PictureError(f"larger than {LARGEST:,} bytes")
        return answer.content


def _do(job: Future[Made], work: Callable[[], Made]) -> None:
    try:
        job.set_result(work())
    except Exception as error:  # noqa: BLE001 - handed to the thread that asks
        job.set_exception(error)

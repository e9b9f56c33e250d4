"""
``/metrics``: what Prometheus asks for.

Each source is a function that gives metric families when it is asked. The library is
imported at the first question: most who run this have no Prometheus.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from syndicate.web.asgi import Reply
from syndicate.web.readers import Readers, Tally

Source = Callable[[], Iterable[Any]]
"""Gives families of ``prometheus_client.core``."""

LABELS = ("feed", "reader")


def expose(sources: Iterable[Source]) -> Reply:
    """
    Answer with everything the sources give, in the text format of Prometheus 0.0.4.

    Raises:
        StoreError: A source could not look.
    """
    from prometheus_client import (  # noqa: PLC0415
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        generate_latest,
    )

    registry = CollectorRegistry(auto_describe=False)
    for source in sources:
        registry.register(_Collector(source))
    return Reply(
        status=200,
        headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"},
        body=generate_latest(registry),
    )


class _Collector:
    """What the registry calls."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def describe(self) -> Iterable[Any]:
        """Say nothing beforehand: a look costs a query."""
        return []

    def collect(self) -> Iterable[Any]:
        """Look."""
        return self._source()


def reader_metrics(readers: Readers) -> Iterator[Any]:
    """Give who polls which feed, how often, and what it costs."""
    from prometheus_client.core import (  # noqa: PLC0415
        CounterMetricFamily,
        GaugeMetricFamily,
    )

    polls = CounterMetricFamily(
        "syndicate_feed_requests",
        "Requests for a feed by what they were answered with.",
        labels=[*LABELS, "status"],
    )
    sent = CounterMetricFamily(
        "syndicate_feed_sent_bytes", "Bytes of bodies sent.", labels=LABELS
    )
    subscribers = GaugeMetricFamily(
        "syndicate_feed_subscribers",
        "Subscribers a reader announced last.",
        labels=LABELS,
    )
    for pair, tally in readers.totals().items():
        for status, count in _by_status(tally).items():
            if count:
                polls.add_metric([*pair, status], count)
        sent.add_metric(list(pair), tally.size_bytes)
        if tally.subscribers is not None:
            subscribers.add_metric(list(pair), tally.subscribers)
    yield from (polls, sent, subscribers)


def _by_status(tally: Tally) -> Mapping[str, int]:
    rest = tally.requests - tally.unmodified - tally.deltas
    return {"200": rest, "226": tally.deltas, "304": tally.unmodified}

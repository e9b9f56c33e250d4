"""
What Prometheus is told of the service: a number for each promise.

Everything comes out of memory. What the database knows was looked up by the thread that
looks at its health, so that a database that hangs holds up nobody who measures us.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from syndicate.daemon.health import Health


def service_metrics(health: Health) -> Iterator[Any]:
    """Give the families, of ``prometheus_client.core``."""
    yield from _state(health)
    yield from _outbox(health)
    yield from _newsroom(health)


def _state(health: Health) -> Iterator[Any]:
    faults, paused = health.faults(), health.paused()
    ready = 0 if faults else 1
    yield _gauge("syndicate_ready", "1 while /readyz is green.", {(): ready})
    yield _gauge(
        "syndicate_fault",
        "Faults that stand.",
        dict.fromkeys(_keys(faults), 1),
        "fault",
    )
    yield _gauge(
        "syndicate_paused",
        "Channels that are paused; * for all.",
        dict.fromkeys(_keys(paused), 1),
        "channel",
    )
    yield _gauge(
        "syndicate_credentials_days_left",
        "Days until credentials end, where the platform says so.",
        {(channel,): days for channel, days in health.days_left().items()},
        "channel",
    )
    yield _gauge(
        "syndicate_disk_free_bytes",
        "Room on the disks we write to.",
        {(key,): free for key, free in health.free.items()},
        "folder",
    )


def _outbox(health: Health) -> Iterator[Any]:
    from prometheus_client.core import (  # noqa: PLC0415 - see metrics.py
        CounterMetricFamily,
        HistogramMetricFamily,
    )

    yield _gauge(
        "syndicate_lateness_seconds",
        "How late the oldest due delivery is; 0: none is.",
        {(): health.lateness().total_seconds()},
    )
    yield _gauge(
        "syndicate_deliveries",
        "Deliveries the ledger holds.",
        health.deliveries,
        "channel",
        "state",
    )
    tries = CounterMetricFamily(
        "syndicate_attempts",
        "Tries by what came of them.",
        labels=["channel", "outcome"],
    )
    for (channel, outcome), count in health.meter.tries().items():
        tries.add_metric([channel, outcome], count)
    told = HistogramMetricFamily(
        "syndicate_told_seconds",
        "From a post saved to its alert accepted by the channel.",
        labels=["channel"],
    )
    for channel, (bounds, total) in health.meter.told().items():
        told.add_metric([channel], bounds, total)
    yield from (tries, told)


def _newsroom(health: Health) -> Iterator[Any]:
    from prometheus_client.core import (  # noqa: PLC0415 - see metrics.py
        HistogramMetricFamily,
    )

    figures = health.figures
    yield _gauge("syndicate_posts", "Posts that are published.", {(): figures.posts})
    problems: dict[tuple[str, ...], float] = {
        (gravity,): count for gravity, count in figures.problems.items()
    }
    yield _gauge("syndicate_problems", "Problems of posts.", problems, "gravity")
    passes = HistogramMetricFamily(
        "syndicate_publish_seconds", "From files at rest to feeds written."
    )
    passes.add_metric([], figures.passes.cumulated(), figures.passes.total)
    yield passes


def _keys(names: Mapping[str, object]) -> list[tuple[str, ...]]:
    return [(name,) for name in names]


def _gauge(
    name: str, help_text: str, values: Mapping[tuple[str, ...], float], *labels: str
) -> Any:
    from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415

    family = GaugeMetricFamily(name, help_text, labels=labels)
    for key, value in values.items():
        family.add_metric(list(key), value)
    return family

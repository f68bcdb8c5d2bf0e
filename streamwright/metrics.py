"""Metrics for Prometheus, computed when they are scraped, so that the pieces of a stream cost nothing."""

import asyncio
from collections.abc import Iterator, Mapping
from itertools import accumulate

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from builder.tempo import tempo
from connector import calls
from connector.spending.slots import slots
from connector.spending.tally import FIRST_TEXT
from streamwright.traffic import traffic
from workflows.live import runs
from workflows.live.directory import directory
from workflows.live.giving_up import given_up

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Seconds between two measurements of the event loop's lag.
LOOK = 0.25

registry = CollectorRegistry()
ProcessCollector(registry=registry)
lag = Histogram(
    "streamwright_event_loop_lag_seconds",
    "How late the event loop came to a timer",
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=registry,
)


class Now(Collector):
    """This process's current numbers."""

    def collect(self) -> Iterator[Metric]:
        streams, tally = list(calls.running.values()), calls.tally
        yield _gauge("visits", "Open pages, also those whose browser is away for a moment", len(directory.guests))
        yield _gauge("sockets", "Open WebSockets of pages and of the editor", len(traffic.sockets))
        yield _gauge("requests", "HTTP requests being answered", traffic.requests)
        yield _gauge("streams_running", "Calls to services under way", len(streams))
        yield _counter("frames", "Frames that services have sent", tally.frames(streams))
        yield _counter("bytes", "Bytes that services have sent, decoded", tally.bytes(streams))
        yield _counter("window_stalls", "Times a page had to acknowledge before more was sent", directory.stalls)
        yield _gauge("frame_seconds", "Time between two messages of a page; longer while the core is full", tempo.frame)
        yield _counter("calls_over_budget", "Calls that were not sent because a budget was used up", slots.refused)
        yield _counted("streams", "Calls that are over, by how they ended", tally.ended)
        yield _counted("runs", "Runs of workflows that are over, by how they ended", runs.outcomes)
        yield _counted("given_up", "Ended runs and left pages given up as nothing could be saved", given_up, "what")
        bounds = [*(str(float(bound)) for bound in FIRST_TEXT), "+Inf"]
        yield HistogramMetricFamily(
            "streamwright_first_text_seconds",
            "From a request to the first text of its answer",
            buckets=list(zip(bounds, accumulate(tally.first_texts), strict=True)),
            sum_value=tally.first_text_seconds,
        )


registry.register(Now())


def exposition() -> str:
    """All metrics in Prometheus' text format."""
    return generate_latest(registry).decode()


def watch_the_loop(loop: asyncio.AbstractEventLoop) -> None:
    """From now on measure how late the event loop is."""

    def look(due: float) -> None:
        now = loop.time()
        lag.observe(max(0.0, now - due))
        loop.call_at(now + LOOK, look, now + LOOK)

    loop.call_soon(look, loop.time())


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"streamwright_{name}", what, value)


def _counter(name: str, what: str, value: float) -> Metric:
    return CounterMetricFamily(f"streamwright_{name}", what, value)


def _counted(name: str, what: str, counts: Mapping[str, int], label: str = "outcome") -> Metric:
    family = CounterMetricFamily(f"streamwright_{name}", what, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family

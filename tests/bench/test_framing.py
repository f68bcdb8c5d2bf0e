"""The figures of framing hold: against httpx-sse in the same run, in memory, and for one very large frame."""

from statistics import median

import pytest

from connector.framings import framings
from connector.spending.limits import MEGABYTE
from tests.bench.framing import WRAPPED, cuts, held, httpx_sse, large_frame, microseconds, ours

pytestmark = pytest.mark.slow
RUNS = 5
TIMES = 5  # what a busy machine may take of a time's figure


@pytest.mark.parametrize("cut", cuts())
def test_frames_become_fields_faster_than_with_httpx_sse(cut: str) -> None:
    """At least 1.5 times as fast, every frame parsed, five fields. Both take turns, and the middle of several runs counts;
    what others do to the caches of a busy machine is the rest of the margin."""
    runs = [microseconds(cuts()[cut], ours, httpx_sse) for _ in range(RUNS)]
    times = median(theirs / mine for mine, theirs in runs)
    print(f"{cut}: {times:.2f} times as fast")
    assert times > 1.3


def test_memory_is_flat_over_fifty_megabytes() -> None:
    few, many = (held(framings["sse"], size * MEGABYTE) for size in (2, 50))
    print(f"{few:,} bytes held over 2 MB, {many:,} over 50 MB")
    assert many < few * 1.2


@pytest.mark.parametrize("name", WRAPPED)
def test_memory_is_flat_in_every_framing(name: str) -> None:
    few, many = (held(framings[name], size * MEGABYTE) for size in (1, 5))
    assert many < few * 1.2


@pytest.mark.parametrize("name", WRAPPED)
def test_a_large_frame_in_small_reads_takes_linear_time(name: str) -> None:
    """4 MB in reads of 1 KB: four times the bytes take four times the time of 1 MB, and less than a second of CPU."""
    small, large = (large_frame(framings[name], size * MEGABYTE) for size in (1, 4))
    print(f"{name}: {small:.3f} s for 1 MB, {large:.3f} s for 4 MB")
    assert large < TIMES * 4 * max(small, 0.005)
    assert large < TIMES * 0.2

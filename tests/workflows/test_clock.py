"""S33: a jump of the clock makes nothing old."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from builder.database import database_now
from workflows.clock import Clock

DAY = timedelta(days=1)


class Times:
    """A clock that can be set, and one that cannot."""

    def __init__(self):
        self.now, self.seconds = datetime(2026, 3, 1, tzinfo=UTC), 1000.0
        self.clock = Clock(lambda: self.now, lambda: self.seconds)

    def goes_on(self, more: timedelta) -> bool:
        self.now += more
        self.seconds += more.total_seconds()
        return self.clock.is_even()


@pytest.fixture
def times():
    return Times()


def test_a_clock_that_goes_on_is_trusted_from_the_second_look_on(times):
    assert [times.goes_on(timedelta(minutes=10)) for _ in range(3)] == [False, True, True]
    times.now += timedelta(seconds=30)
    assert times.goes_on(3 * DAY), "it may drift, and nobody may look for long"


@pytest.mark.parametrize(("jump", "said"), [(DAY, "forward by 1 day"), (-DAY, "back by 1 day")])
def test_after_a_jump_nothing_counts_as_old_for_a_day(times, jump, said, caplog):
    times.goes_on(DAY)
    times.now += jump
    with caplog.at_level(logging.WARNING):
        assert not times.goes_on(timedelta(minutes=10))
    assert said in caplog.text
    assert not times.goes_on(timedelta(hours=23))
    assert times.goes_on(timedelta(hours=2))


def test_a_second_jump_starts_another_day(times):
    times.goes_on(DAY)
    times.now += DAY
    times.goes_on(timedelta(hours=12))
    times.now -= DAY
    times.goes_on(timedelta(hours=1))
    assert not times.goes_on(timedelta(hours=20))
    assert times.goes_on(timedelta(hours=5))


@pytest.mark.django_db
def test_the_databases_clock_is_read():
    assert abs(database_now() - datetime.now(UTC)) < timedelta(minutes=1)

"""Sizes by hand: one step to undo, said in words, for the widths that are edited."""

from typing import Any

import pytest

from builder.errors import Invalid
from builder.gestures import planned
from tests.builder.gestures.sample import catalog, done


def resized(page: Any, sizes: Any, **said: Any) -> Any:
    return planned({"do": "resize", "node": "el_stop01", "sizes": sizes, **said}, page, catalog(page))


def test_sizes_are_one_step_and_said(page: Any) -> None:
    plan = resized(page, {"max_width": 320, "min_height": 180})
    props = done(page, plan)["nodes"]["el_stop01"]["props"]
    assert (props["max_width"], props["min_height"]) == (320, 180)
    assert (plan.label, plan.say) == ("Resize Stop", "Stop is at most 320 px wide and at least 180 px tall")


def test_a_size_that_limits_nothing_is_taken_away_or_at_a_breakpoint_kept_as_none(page: Any) -> None:
    assert resized(page, {"max_width": None}).changes == []
    page["nodes"]["el_stop01"]["props"]["max_width"] = 200
    plan = resized(page, {"max_width": None})
    page = done(page, plan)
    assert "max_width" not in page["nodes"]["el_stop01"]["props"]
    assert plan.say == "Stop is as large as what is in it lets it"
    narrow = done(page, resized(page, {"max_width": 0}, at="tablet"))["nodes"]["el_stop01"]["props"]
    assert narrow["at"] == {"tablet": {"max_width": 0}} and "max_width" not in narrow


@pytest.mark.parametrize(
    "sizes", [{}, {"label": 3}, {"max_width": "wide"}, {"max_width": True}, {"max_width": 9000}, 320]
)
def test_what_is_no_size_is_refused(page: Any, sizes: Any) -> None:
    with pytest.raises(Invalid):
        resized(page, sizes)

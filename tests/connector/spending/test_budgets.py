"""S39: what an app may call, and what is said where it may not."""

import pytest

from connector.spending.budgets import DEFAULTS, FIELDS, MOST, SCOPES, SPANS, Caps, OverBudget, in_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (1, "1 second"), (39.1, "40 seconds"), (90, "90 seconds"), (91, "2 minutes"), (3601, "61 minutes"), (6000, "2 hours"), (86_399, "24 hours")],
)  # fmt: skip
def test_how_long_to_wait_is_never_too_short(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_every_number_has_a_default() -> None:
    caps = {environment: Caps.of(environment, {}, {}) for environment in DEFAULTS}
    assert len(FIELDS) == 2 * len(SCOPES) * len(SPANS) == 2 * len(MOST)
    assert caps["live"].most["visitor", "minute"] == 20 and caps["live"].most["app", "day"] == 5_000
    assert all(caps["development"].most[key] >= caps["live"].most[key] for key in caps["live"].most)


@pytest.mark.parametrize(
    ("own", "of_server", "holds"),
    [
        ({}, {}, 20),
        ({"live_visitor_minute": 7}, {}, 7),
        ({}, {"live_visitor_minute": 9}, 9),
        ({"live_visitor_minute": 7}, {"live_visitor_minute": 9}, 7),
        ({"live_visitor_minute": 7}, {"most_visitor_minute": 5}, 5),
        ({}, {"most_visitor_minute": 5}, 5),
        ({"development_visitor_minute": 1}, {}, 20),
    ],
)
def test_an_apps_own_number_holds_and_never_more_than_the_servers_most(own, of_server, holds) -> None:
    assert Caps.of("live", own, of_server).most["visitor", "minute"] == holds


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("span", SPANS)
def test_the_author_hears_the_number_and_the_visitor_when_to_try_again(scope: str, span: str) -> None:
    error = OverBudget.reached("live", scope, span, 4_321, 0 if span == "at_once" else 40)
    assert "4,321" in str(error) and "live" in str(error) and "{" not in str(error) + error.why + error.todo
    assert "321" not in error.kindly and "budget" not in error.kindly.lower() and "{" not in error.kindly
    assert "Try again" in error.kindly and ("40 seconds" in error.kindly) == (span != "at_once")


def test_the_sentence_of_the_promise() -> None:
    error = OverBudget.reached("live", "visitor", "minute", 20, 39.5)
    assert error.kindly == "A lot was asked for in one minute. Try again in 40 seconds."
    assert str(error) == "The budget of 20 calls a minute for one visitor is used up (live)."

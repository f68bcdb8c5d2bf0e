"""What is measured while others take the machine does not count, and a bench says so."""

import pytest

from tests.bench import page
from tests.bench.machine import Window
from tests.bench.servers import Bare

FIGURES = {"first text ms": 40.0, "INP ms": 32, "layout shift": 0.1}


@pytest.mark.parametrize(
    ("window", "noise"),
    [
        (Window(10, server=9, load=7.9, foreign=1.4), ""),
        (Window(10, server=1, load=1, foreign=1.6), "others took 16% of a core"),
        (Window(10, server=1, load=8.1, foreign=0), "the load side took 81% of its core"),
    ],
)
def test_a_window_counts_only_where_others_and_the_load_took_little(window: Window, noise: str) -> None:
    assert window.noise == noise


def test_where_no_window_counts_there_is_no_figure_and_no_target_is_met(capsys: pytest.CaptureFixture[str]) -> None:
    noisy, quiet = Window(1, 0, 0, 0.5), Window(1, 0, 0, 0)
    rows = [
        page.row("daphne", [{"window": noisy, **FIGURES}, {"window": noisy, **FIGURES}], noisy=False),
        page.row(Bare.name, [{"window": quiet, **FIGURES}, {"window": noisy, **FIGURES}], noisy=False),
    ]
    assert (rows[0]["windows"], rows[0]["first text ms"]) == ("0/2", None)
    assert (rows[1]["windows"], rows[1]["first text ms"]) == ("1/2", 40.0)
    assert "daphne: refused, others took 50% of a core in the first of 2" in capsys.readouterr().err
    assert {target.figure for target in page.targets(rows)} == {None}


def test_whoever_wants_them_gets_the_figures_of_a_noisy_window_all_the_same() -> None:
    row = page.row("daphne", [{"window": Window(1, 0, 0, 0.5), **FIGURES}], noisy=True)
    assert (row["windows"], row["first text ms"]) == ("1/1", 40.0)

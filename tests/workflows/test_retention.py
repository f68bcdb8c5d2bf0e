"""What apps do not keep is swept away, as their Settings say, and nothing else."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from builder.chosen import choose
from builder.models import App, User
from builder.starters import starters
from connector import document
from connector.models import CallFile, Capture
from workflows.models import Run
from workflows.retention import in_words, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def ran(app: App, days: float = 0, state: str = "done") -> str:
    return Run.objects.create(app=app, workflow="wf_a", state=state, started=timezone.now() - timedelta(days=days)).pk


def recorded(app: App, days: float = 0, call: str = "ca_1", **facts: Any) -> str:
    started = timezone.now() - timedelta(days=days)
    return Capture.keep(app, "ai_1", call, [(0.1, b"x")], started=started, **facts).pk


def left(model: Any) -> set[str]:
    return set(model.objects.values_list("pk", flat=True))


def test_runs_are_kept_for_so_many_days(app: App) -> None:
    choose("retention", {"run_days": 7}, app)
    new, going, _old = ran(app, 6.9), ran(app, 40, "running"), ran(app, 7.1)
    assert sweep()["runs"] == 1 and left(Run) == {new, going}


def test_so_many_runs_are_kept_the_newest(app: App, ada: User) -> None:
    choose("retention", {"runs": 2}, app)
    made = [ran(app, days) for days in (5, 4, 3, 2, 1)]
    other = ran(starters["blank"].make(ada, "Other", "other"), 5)
    assert sweep()["runs"] == 3 and left(Run) == {*made[3:], other}


def test_captures_go_by_age_and_number_but_not_the_pinned_and_not_those_in_use(app: App) -> None:
    api, call, changes = document.new_api([])
    used = Capture.keep(app, api, call, [(0.1, b"x")], started=timezone.now() - timedelta(days=30)).pk
    changes[0]["body"]["nodes"][call]["props"]["initialized"] = {"capture": used}
    app.documents.create(kind="api", key=api, body=changes[0]["body"])
    pinned, _old = recorded(app, 30, pinned=True), recorded(app, 30)
    new = [recorded(app, days) for days in (4, 3, 2)]
    other = recorded(app, 4, "ca_2")
    choose("retention", {"capture_days": 7, "captures": 2}, app)
    assert sweep()["captures"] == 2 and left(Capture) == {used, pinned, *new[1:], other}


def test_a_call_keeps_no_more_captures_than_its_app_from_the_start(app: App) -> None:
    choose("retention", {"captures": 3}, app)
    made = [recorded(app) for _ in range(5)]
    assert left(Capture) == set(made[2:])


def test_files_that_nothing_names_are_swept_away_with_the_rest(app: App) -> None:
    CallFile.keep(app, "old.txt", "text/plain", b"a")
    app.call_files.update(made=timezone.now() - timedelta(hours=25))
    new = CallFile.keep(app, "new.txt", "text/plain", b"a")
    assert sweep()["files"] == 1 and left(CallFile) == {new.pk}


def test_the_command_says_what_it_did(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    ran(app, 31)
    call_command("sweep")
    call_command("sweep")
    assert capsys.readouterr().out == "Deleted: 1 run.\nDeleted: nothing.\n"


def test_nothing_is_said_of_nothing() -> None:
    assert in_words(Counter(runs=0)) == "nothing" and in_words(Counter(captures=3, runs=12)) == "3 captures, 12 runs"

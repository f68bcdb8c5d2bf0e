"""The strip of runs below a workflow: who, when, how long, and each run drawn over time."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from builder.edition import DEVELOPMENT, LIVE
from builder.models import App
from workflows.drawing import bars, scale
from workflows.models import Run

SHOWN = 5
DOTS = {"done": "ok", "failed": "danger", "stopped": "open", "running": "live"}


# Whose runs are shown: those that authors have tried, or also those of the published app.
PREVIEW, ALL = "preview", "all"


def strip(app: App, workflow: str, numbers: dict[str, int], of: str = PREVIEW) -> dict[str, Any]:
    """The latest runs, and how many there were in a day. `numbers` are the steps' numbers by id."""
    kept = _kept(app, workflow, of)
    newest = list(kept[:SHOWN])
    words = {run.id: _words(run, numbers) for run in newest}
    by = scale((run.lasted, bool(words[run.id])) for run in newest)
    day = kept.filter(started__gte=timezone.now() - timedelta(days=1))
    return {
        "of": of,
        "has_live": of == ALL or _kept(app, workflow, ALL).filter(environment=LIVE).exists(),
        "mark": mark(app, workflow, of),
        "runs": [_run(run, words[run.id], by) for run in newest],
        "day": day.count(),
        "failed": day.filter(state="failed").count(),
    }


def mark(app: App, workflow: str, of: str = PREVIEW) -> str:
    """A digest of what the strip shows; it changes when a run begins or ends."""
    return " ".join(f"{key}:{state}" for key, state in _kept(app, workflow, of)[:SHOWN].values_list("id", "state"))


def of_author(app: App, workflow: str) -> QuerySet[Run]:
    """The runs in preview, latest first."""
    return Run.objects.filter(app=app, workflow=workflow, environment=DEVELOPMENT)


def _kept(app: App, workflow: str, of: str) -> QuerySet[Run]:
    return Run.objects.filter(app=app, workflow=workflow) if of == ALL else of_author(app, workflow)


def _run(run: Run, words: str, by: float) -> dict[str, Any]:
    return {
        "run": run,
        "dot": DOTS.get(run.state, "open"),
        "who": run.visitor or "guest",
        "is_live": run.environment == LIVE,
        "bars": bars(run.steps, run.lasted, run.state == "failed", by),
        "words": words,
        "words_at": f"at:{run.lasted * by + 1.5:.2f}%",
        "seconds": f"{run.lasted:.2f} s",
    }


def _words(run: Run, numbers: dict[str, int]) -> str:
    """That a run is in progress, why it ended if it was not done, or which step it skipped and why."""
    if run.state == "running":
        return "Running"
    if run.state == "done":
        skipped = next((step for step in run.steps if step["state"] == "skipped"), None)
        return f"{_name(skipped['step'], numbers)} was skipped: {skipped['reason']}" if skipped else ""
    at = next((step["step"] for step in run.steps if step["state"] == run.state), "")
    step = _name(at, numbers) if at else ""
    if run.state == "stopped":
        return f"{step} was stopped" if step else "Stopped"
    return f"{step}: {run.reason}" if step else run.reason


def _name(step: str, numbers: dict[str, int]) -> str:
    return f"Step {numbers[step]}" if step in numbers else "A step that is gone"

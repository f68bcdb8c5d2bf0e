"""The strip of runs below a workflow: who, when, how long, and each run drawn in time."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from builder.models import App
from workflows.drawing import bars, scale
from workflows.models import Run

SHOWN = 5
DOTS = {"done": "ok", "failed": "danger", "stopped": "open", "running": "live"}


def strip(app: App, workflow: str, numbers: dict[str, int]) -> dict[str, Any]:
    """The newest runs, and how many there were in a day. `numbers` are the steps' numbers by their ids."""
    kept = Run.objects.filter(app=app, workflow=workflow)
    newest = list(kept[:SHOWN])
    words = {run.id: _words(run, numbers) for run in newest}
    by = scale((run.lasted, bool(words[run.id])) for run in newest)
    day = kept.filter(started__gte=timezone.now() - timedelta(days=1))
    return {
        "mark": mark(app, workflow),
        "runs": [_run(run, words[run.id], by) for run in newest],
        "day": day.count(),
        "failed": day.filter(state="failed").count(),
    }


def mark(app: App, workflow: str) -> str:
    """What the strip shows, in short: another one when a run has begun or ended."""
    newest = Run.objects.filter(app=app, workflow=workflow)[:SHOWN]
    return " ".join(f"{key}:{state}" for key, state in newest.values_list("id", "state"))


def _run(run: Run, words: str, by: float) -> dict[str, Any]:
    return {
        "run": run,
        "dot": DOTS.get(run.state, "open"),
        "who": run.visitor or "guest",
        "bars": bars(run.steps, run.lasted, run.state == "failed", by),
        "words": words,
        "words_at": f"at:{run.lasted * by + 1.5:.2f}%",
        "seconds": f"{run.lasted:.2f} s",
    }


def _words(run: Run, numbers: dict[str, int]) -> str:
    """That a run goes on, why it ended where it was not done, or which step it skipped and why."""
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

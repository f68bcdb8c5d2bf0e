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
    by = scale((run.seconds, run.state != "done") for run in newest)
    day = kept.filter(started__gte=timezone.now() - timedelta(days=1))
    return {
        "newest": newest[0].id if newest else "",
        "runs": [_run(run, numbers, by) for run in newest],
        "day": day.count(),
        "failed": day.filter(state="failed").count(),
    }


def _run(run: Run, numbers: dict[str, int], by: float) -> dict[str, Any]:
    words = "" if run.state == "done" else _why(run, numbers)
    return {
        "run": run,
        "dot": DOTS.get(run.state, "open"),
        "who": run.visitor or "guest",
        "bars": bars(run.steps, run.seconds, run.state == "failed", by),
        "words": words,
        "words_at": f"at:{run.seconds * by + 1.5:.2f}%",
        "seconds": f"{run.seconds:.2f} s",
    }


def _why(run: Run, numbers: dict[str, int]) -> str:
    """How a run ended that was not done, with the step it ended at."""
    at = next((step["step"] for step in run.steps if step["state"] == run.state), "")
    step = f"Step {numbers[at]}" if at in numbers else "A step that is gone" if at else ""
    if run.state == "stopped":
        return f"{step} was stopped" if step else "Stopped"
    return f"{step}: {run.reason}" if step else run.reason

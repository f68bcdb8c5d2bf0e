"""Runs in rows: what ran, when, how it ended and how long each step took. Never what a frame held."""

from django.db import models
from django.utils import timezone

from builder.document import new_id


def _run_key() -> str:
    return new_id("ru", 9)


class Run(models.Model):
    """One run of one workflow.

    Written when it begins and again when it ends. `steps` is its waterfall: `[{"step", "state", "started", "first",
    "ended", "frames", "reason"}]`, in seconds.
    """

    id = models.CharField(primary_key=True, max_length=12, default=_run_key, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="runs")
    workflow = models.CharField(max_length=12)
    page = models.CharField(max_length=12, blank=True)
    visitor = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=10, default="running")
    reason = models.CharField(max_length=500, blank=True)
    steps = models.JSONField(default=list)
    seconds = models.FloatField(default=0)
    started = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-started",)
        indexes = (models.Index(fields=("app", "workflow", "-started"), name="newest_runs_of_a_workflow"),)

    def __str__(self) -> str:
        return f"Run {self.id} of {self.workflow}: {self.state}"

    @property
    def lasted(self) -> float:
        """Seconds it took; of one that goes on, until now."""
        return (timezone.now() - self.started).total_seconds() if self.state == "running" else self.seconds

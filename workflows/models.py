"""What workflows store in rows: runs (when they were, how they ended and how long each step took, never what a frame
contained), open pages and the texts they wait for, and releases with which of them is live."""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from builder.document import new_id
from builder.edition import DEVELOPMENT


def _run_key() -> str:
    return new_id("ru", 9)


class Run(models.Model):
    """One run of one workflow.

    Written when it begins, about once a second while something changes, and when it ends. `steps` is its waterfall:
    `[{"step", "state", "started", "first", "ended", "frames", "reason"}]`, in seconds. `owner` is the process it is in,
    `visit` the key of the stored visit it began in, `event` the id of what started it there.
    """

    id = models.CharField(primary_key=True, max_length=12, default=_run_key, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="runs")
    # Whether its author was trying it out or it served a visitor of the published app (S41).
    environment = models.CharField(max_length=12, default=DEVELOPMENT)
    workflow = models.CharField(max_length=12)
    page = models.CharField(max_length=12, blank=True)
    visitor = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=10, default="running")
    reason = models.CharField(max_length=500, blank=True)
    steps = models.JSONField(default=list)
    seconds = models.FloatField(default=0)
    started = models.DateTimeField(default=timezone.now)
    owner = models.CharField(max_length=12, blank=True)
    visit = models.CharField(max_length=64, blank=True)
    event = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-started",)
        indexes = (
            models.Index(fields=("app", "workflow", "environment", "-started"), name="newest_runs_of_a_workflow"),
            models.Index(fields=("visit", "-started"), condition=~models.Q(visit=""), name="newest_runs_of_a_visit"),
            models.Index(fields=("owner",), condition=models.Q(state="running"), name="runs_that_go_on"),
        )

    def __str__(self) -> str:
        return f"Run {self.id} of {self.workflow}: {self.state}"

    @property
    def lasted(self) -> float:
        """Its duration in seconds, up to now if it is still running."""
        return (timezone.now() - self.started).total_seconds() if self.state == "running" else self.seconds


def _release_key() -> str:
    return new_id("rl", 9)


class Release(models.Model):
    """An app as it was when published: all of its documents, `[[kind, key, body], …]` in order (S41). Never changed."""

    id = models.CharField(primary_key=True, max_length=12, default=_release_key, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="releases")
    # 1 for an app's first.
    number = models.PositiveIntegerField()
    documents = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("builder.User", on_delete=models.SET_NULL, null=True, related_name="releases")
    created = models.DateTimeField(default=timezone.now, editable=False)
    # The newest entry of the app's journal that it includes.
    entry = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("app", "number"), name="one_release_a_number"),)

    def __str__(self) -> str:
        return f"Release {self.number} of {self.app_id}"


class Publication(models.Model):
    """A published app: which of its releases its visitors get, and since when."""

    app = models.OneToOneField("builder.App", on_delete=models.CASCADE, primary_key=True, related_name="publication")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="publications")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.app_id} at {self.release_id}"


class Process(models.Model):
    """A server process, alive as long as it renews its lease: `beat`, in the database's own time (P16). `host` is where
    its process id is valid (`workflows.live.leases.place`)."""

    id = models.CharField(primary_key=True, max_length=12, editable=False)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    started = models.DateTimeField(db_default=Now())
    beat = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"Process {self.pid} on {self.host}"


class StoredVisit(models.Model):
    """What an open page holds, so that it survives the process that serves it (S33).

    A visit's id lets in whoever has it, so only its hash is stored. `holds` is the JSON of `workflows.live.memory`,
    `owner` the process that serves the visit, empty if its browser has left, and `saved` the time it was saved, or its
    owner died.
    """

    key = models.CharField(primary_key=True, max_length=64, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="visits")
    environment = models.CharField(max_length=12)
    # Identifies the documents its page is made of: `Edition.mark`.
    mark = models.CharField(max_length=40)
    page = models.CharField(max_length=12)
    visitor = models.CharField(max_length=80)
    owner = models.CharField(max_length=12, blank=True, db_index=True)
    holds = models.TextField()
    saved = models.DateTimeField(db_default=Now(), db_index=True)

    def __str__(self) -> str:
        return f"A visit of {self.page}"


class KeptStream(models.Model):
    """The result of a call that a run or a page holds: what it said, at most a second behind.

    `facts` is the JSON of `Stream.facts`. While it is running, its texts are `KeptText` rows; afterwards, `texts` is
    the JSON of all of them by field.
    """

    id = models.CharField(primary_key=True, max_length=16, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="streams")
    visit = models.CharField(max_length=64, db_index=True)
    run = models.CharField(max_length=12, blank=True, db_index=True)
    step = models.CharField(max_length=12, blank=True)
    owner = models.CharField(max_length=12)
    over = models.BooleanField(default=False)
    facts = models.TextField()
    texts = models.TextField(blank=True)
    began = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=("owner",), condition=models.Q(over=False), name="streams_that_go_on"),)

    def __str__(self) -> str:
        return f"Stream {self.id} of {self.run or 'a page'}"


class KeptText(models.Model):
    """A piece of a growing text: what one second has brought. Pieces are appended and never rewritten.

    `at` is the number of characters before it, so that a piece written twice exists only once.
    """

    stream = models.ForeignKey(KeptStream, on_delete=models.CASCADE, related_name="pieces")
    field = models.CharField(max_length=12)
    at = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{len(self.text)} characters of {self.field}"

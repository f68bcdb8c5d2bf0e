"""What the connector stores in rows: sealed credentials, captures of services' responses, files."""

import asyncio
import re
from array import array
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from builder.document import new_id
from builder.edition import DEVELOPMENT
from builder.mentions import mentioned
from builder.sections.retention import kept as kept_by
from connector import vault
from connector.auth import auth
from connector.errors import ConnectorError
from connector.masking import mask, mask_pieces
from connector.sending.auth_errors import SecretElsewhere
from connector.spending.limits import Limits
from connector.spending.room import check_room, make_room

FILE_MOST = 10 * 2**20
ANSWERS_KEPT = 100
CAPTURE_MOST = 16 * 2**20
# The longest silence, in seconds, that a replay reproduces.
SILENCE = Limits().silence


def _credential_key() -> str:
    return new_id("cr", 9)


def _file_key() -> str:
    """Long enough that nobody guesses it: 124 bits."""
    return new_id("fl", 24)


def _capture_key() -> str:
    return new_id("cp", 9)


class Credential(models.Model):
    """The secrets of one API, sealed. They can be opened only for the origin they were saved for (S4, P24)."""

    class Environment(models.TextChoices):
        LIVE = "live", "Live"
        DEVELOPMENT = "dev", "Development"

    id = models.CharField(primary_key=True, max_length=12, default=_credential_key, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="credentials")
    # The key of the API document.
    api = models.CharField(max_length=12)
    # The authentication it is for: the name of an entry of `auth`.
    name = models.CharField(max_length=40)
    # scheme://host:port, or several if a token is requested elsewhere
    origin = models.CharField(max_length=600)
    environment = models.CharField(max_length=4, choices=Environment.choices, default=Environment.LIVE)
    sealed = models.BinaryField()
    # All that is ever shown of each secret, by its name: the last four characters of one longer than 20.
    hints = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now, editable=False)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("app", "api", "name", "environment"), name="one_credential_each"),
        )

    def __str__(self) -> str:
        return f"{self.name} of {self.api} ({self.environment})"

    @classmethod
    def keep(
        cls, app: Any, api: str, name: str, secrets: Mapping[str, str], origin: str, environment: str = "live"
    ) -> "Credential":
        """Seal secrets for an API and an origin, replacing those saved before."""
        place = {"app": app, "api": api, "name": name, "environment": environment}
        kept = cls.objects.filter(**place).first() or cls(**place)
        kept.origin, kept.changed = origin, timezone.now()
        kept.hints = auth[name].hints(secrets)
        kept.sealed = vault.seal(dict(secrets), *kept._bound_to)
        kept.save()
        return kept

    @classmethod
    def of(cls, app: Any, api: str, name: str, environment: str = "live") -> "Credential | None":
        """The credential to use: in development its own if there is one, else the live one."""
        found = {kept.environment: kept for kept in cls.objects.filter(app=app, api=api, name=name)}
        return found.get(environment) or found.get("live")

    @classmethod
    def texts_of(cls, app: Any, api: str) -> list[str]:
        """All secrets of an API, for any authentication and environment, so that they can be masked wherever they are
        repeated. Those that can no longer be opened are known to nobody."""
        found: list[str] = []
        for kept in cls.objects.filter(app=app, api=api):
            with suppress(ConnectorError):
                found += type(auth[kept.name])(kept.open_for(kept.origin)).known
        return found

    def open_for(self, origin: str) -> dict[str, str]:
        """The secrets, for the origin they were saved for. Raises SecretElsewhere for any other."""
        if origin != self.origin:
            raise SecretElsewhere(origin=origin, saved=self.origin)
        return vault.unseal(self.sealed, *self._bound_to)

    def rotate(self) -> None:
        """Seal again with the newest key, if it was sealed with an older one."""
        self.sealed = vault.rotate(self.sealed, *self._bound_to)
        self.save(update_fields=["sealed"])

    @property
    def _bound_to(self) -> tuple[str, str, str]:
        return str(self.app_id), self.id, self.origin


class Capture(models.Model):
    """One recorded response: its bytes and when each read came, so that it can be replayed (S19). Secrets are
    masked."""

    id = models.CharField(primary_key=True, max_length=12, default=_capture_key, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="captures")
    # The keys of the API document and of the call in it.
    api = models.CharField(max_length=12)
    call = models.CharField(max_length=12)
    name = models.CharField(max_length=80, blank=True)
    # Kept, however many captures come after it.
    pinned = models.BooleanField(default=False)
    started = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(default=0)
    content_type = models.CharField(max_length=200, blank=True)
    headers = models.JSONField(default=list)
    request = models.JSONField(default=dict)
    # The first 16 MB; `cut` if there was more.
    body = models.BinaryField(default=bytes)
    cut = models.BooleanField(default=False)
    # For each read, milliseconds since the request and length in bytes: pairs of unsigned 32-bit numbers.
    times = models.BinaryField(default=bytes)
    frames = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    # "end" by an end mark, "close" by a clean close, "stopped" by the author, else the code of an error.
    ended = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-started", "-id")
        indexes = (models.Index(fields=("app", "api", "call", "-started"), name="captures_of_a_call"),)

    def __str__(self) -> str:
        return self.name or f"{self.call}, {self.started:%Y-%m-%d %H:%M}"

    @classmethod
    def keep(
        cls, app: Any, api: str, call: str, reads: list[tuple[float, bytes]], secrets: Iterable[str] = (), **facts: Any
    ) -> "Capture":
        """Store a response from its reads (seconds since the request, bytes), masked. The call's oldest captures beyond
        what its app keeps are deleted, and so are the app's oldest if there is no room, but never one that is pinned or
        that fields were found in. `facts` are the other fields; headers are (name, value) pairs."""
        secrets = list(secrets)
        size, masked = sum(len(data) for _, data in reads), mask_pieces([data for _, data in reads], secrets)
        kept = first_bytes([(at, data) for (at, _), data in zip(reads, masked, strict=True)], CAPTURE_MOST)
        headers = [[name, mask(value, secrets)] for name, value in facts.pop("headers", ())]
        times = array("I", [number for at, data in kept for number in (round(at * 1000), len(data))])
        facts = {"size": size, "seconds": reads[-1][0] if reads else 0.0} | facts
        facts["content_type"] = facts.get("content_type", "")[:200]
        capture = cls(
            app=app,
            api=api,
            call=call,
            headers=headers,
            body=b"".join(data for _, data in kept),
            times=times.tobytes(),
            **facts,
        )
        capture.cut = capture.cut or len(capture.body) < size
        capture.save(force_insert=True)
        loose = cls.objects.filter(app=app, api=api, call=call, pinned=False).exclude(id__in=_in_use(app, api))
        cls.objects.filter(id__in=list(loose.values_list("id", flat=True)[kept_by(app)["captures"] :])).delete()
        captures = cls.objects.filter(app=app)
        others = captures.filter(pinned=False).exclude(id__in=[capture.pk, *_in_use(app)])
        make_room(captures, others, 0, refuses=False)
        return capture

    @classmethod
    def sweep(cls, app: Any) -> int:
        """Delete what exceeds the number or age that an app keeps, except what is pinned or in use; return how many."""
        kept, gone = kept_by(app), 0
        loose = cls.objects.filter(app=app, pinned=False).exclude(id__in=_in_use(app))
        for api, call in set(loose.values_list("api", "call")):
            of_call = loose.filter(api=api, call=call).values_list("id", flat=True)
            gone += cls.objects.filter(id__in=list(of_call[kept["captures"] :])).delete()[0]
        return gone + loose.filter(started__lt=timezone.now() - timedelta(days=kept["capture_days"])).delete()[0]

    def reads(self) -> list[tuple[float, bytes]]:
        """The reads: seconds since the request, bytes."""
        numbers, body, start, found = array("I", bytes(self.times)), bytes(self.body), 0, []
        for at, length in zip(numbers[::2], numbers[1::2], strict=True):
            found.append((at / 1000, body[start : start + length]))
            start += length
        return found

    async def replay(self, speed: float = 1) -> AsyncIterator[tuple[float, bytes]]:
        """The reads again, at their own times or `speed` times as fast, with the replay's seconds. A silence that no
        call would wait for is shortened (S12)."""
        loop = asyncio.get_running_loop()
        started, before, skipped = loop.time(), 0.0, 0.0
        for at, data in self.reads():
            skipped += max(0.0, at - before - SILENCE)
            before = at
            await asyncio.sleep(max(0.0, started + (at - skipped) / speed - loop.time()))
            yield loop.time() - started, data


class CallFile(models.Model):
    """A file sent by a call, or received as a response. Nobody can guess its address."""

    id = models.CharField(primary_key=True, max_length=32, default=_file_key, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="call_files")
    # For a response, the keys of the API document and of the call in it; empty for a file uploaded by an author.
    api = models.CharField(max_length=12, blank=True)
    call = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=130)
    body = models.BinaryField()
    # For a response, the environment it was received in (S41). What an author uploads belongs to development.
    environment = models.CharField(max_length=12, default=DEVELOPMENT)
    made = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-made", "-id")
        indexes = (models.Index(fields=("app", "api", "call", "-made"), name="files_of_a_call"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(
        cls,
        app: Any,
        name: str,
        content_type: str,
        body: bytes,
        api: str = "",
        call: str = "",
        environment: str = DEVELOPMENT,
    ) -> "CallFile":
        """Store a file of at most FILE_MOST bytes. If an environment has no room for it, its own oldest responses that
        nothing refers to make way, never those of another. Raises NoRoom."""
        make_room(*cls._rows(app, environment), len(body), spared=partial(mentioned, app, "fl"))
        about = {"app": app, "api": api, "call": call, "environment": environment}
        return cls.objects.create(name=plain_name(name), content_type=content_type, body=body, **about)

    @classmethod
    def check_room(cls, app: Any, api: str, call: str, environment: str) -> None:
        """Check, as far as one can before the response exists, whether there is room for one as large as this call's
        latest. Raises NoRoom."""
        answers = cls.objects.filter(app=app, api=api, call=call, environment=environment)
        size = answers.annotate(bytes=Length("body")).values_list("bytes", flat=True).first() or 1
        check_room(*cls._rows(app, environment), size, partial(mentioned, app, "fl"))

    @classmethod
    def sweep(cls, app: Any) -> int:
        """Delete what is older than a day and no longer referred to: uploads, and each call's responses except the
        newest ANSWERS_KEPT per environment; return how many. A page that was open within the last day keeps what it
        shows."""
        old = cls.objects.filter(app=app, made__lt=timezone.now() - timedelta(days=1))
        going = list(old.filter(call="").values_list("pk", flat=True))
        answers = cls.objects.filter(app=app).exclude(call="").order_by()
        for about in answers.values("api", "call", "environment").annotate(many=Count("pk")):
            if about.pop("many") > ANSWERS_KEPT:
                newest = answers.filter(**about).order_by("-made", "-pk").values_list("pk", flat=True)[:ANSWERS_KEPT]
                going += old.filter(**about).exclude(pk__in=list(newest)).values_list("pk", flat=True)
        gone = set(going) - mentioned(app, "fl") if going else ()
        return cls.objects.filter(pk__in=gone).delete()[0] if gone else 0

    @classmethod
    def _rows(cls, app: Any, environment: str) -> tuple[models.QuerySet, models.QuerySet]:
        """The files that share an environment's room, and the responses among them."""
        files = cls.objects.filter(app=app, environment=environment)
        return files, files.exclude(call="")

    @property
    def address(self) -> str:
        """Where the server delivers it: to anyone who may edit the app or, on the origin of published apps and for a
        live file, to anyone who knows this address. It is the same on both, and does not depend on the app's own
        address."""
        return reverse("call-file", settings.ROOT_URLCONF, [self.pk, self.name])


class CallsUsed(models.Model):
    """How many calls one caller has made in one environment of an app, in the current minute and day (S39).

    `kind` is visitor, address or app; `who` is the visitor's key, a digest of the address, or empty.
    """

    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="calls_used")
    environment = models.CharField(max_length=11)
    kind = models.CharField(max_length=7)
    who = models.CharField(max_length=80, blank=True)
    # When the minute being counted began; it begins with the first call after the previous one has ended.
    minute = models.DateTimeField()
    in_minute = models.PositiveIntegerField(default=0)
    day = models.DateField()
    in_day = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("app", "environment", "kind", "who"), name="one_count_each"),)
        indexes = (models.Index(fields=("day",), name="counts_of_days_gone"),)

    def __str__(self) -> str:
        return f"{self.in_day} calls of {self.kind} {self.who} on {self.day}"


class CallSlot(models.Model):
    """A call in progress. Its process keeps renewing it; if the process dies, the slot is released at `until`."""

    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="call_slots")
    environment = models.CharField(max_length=11)
    visitor = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("app", "environment", "until"), name="calls_under_way"),
            models.Index(fields=("until",), name="calls_that_ran_out"),
        )

    def __str__(self) -> str:
        return f"A call of {self.visitor or 'nobody'}"


def plain_name(name: str) -> str:
    """A file's name without folders, and without characters that a request or a URL cannot contain."""
    last = re.split(r"[/\\]", name.replace('"', "'"))[-1]
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "", last).strip(" .")[-200:] or "file"


def _in_use(app: Any, api: str = "") -> list[str]:
    """The captures in which the fields of an API's calls, or of all calls, were found: samples and replays depend on
    them."""
    documents = app.documents.filter(kind="api", **({"key": api} if api else {}))
    nodes = [
        node
        for body in documents.values_list("body", flat=True)
        for node in body["nodes"].values()
        if node["type"] == "call"
    ]
    return [str((node["props"].get("initialized") or {}).get("capture") or "") for node in nodes]


def first_bytes(reads: list[tuple[float, bytes]], most: int) -> list[tuple[float, bytes]]:
    """The reads up to `most` bytes, the last one cut off."""
    kept = []
    for at, data in reads:
        if most <= 0:
            break
        kept.append((at, data[:most]))
        most -= len(data)
    return kept

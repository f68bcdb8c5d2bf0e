"""The built app's own database: things, each of one data type, in development or live (S41)."""

from django.db import models
from django.utils import timezone

from builder.document import new_id
from builder.edition import DEVELOPMENT


def _thing_key() -> str:
    return new_id("th", 9)


class Thing(models.Model):
    """One thing. `values` holds its fields by id, as JSON; dates as ISO 8601 texts."""

    key = models.CharField(primary_key=True, max_length=12, default=_thing_key, editable=False)
    app = models.ForeignKey("builder.App", on_delete=models.CASCADE, related_name="things")
    environment = models.CharField(max_length=12, default=DEVELOPMENT)
    type = models.CharField(max_length=12)
    values = models.JSONField(default=dict)
    creator = models.CharField(max_length=254, blank=True)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("created", "key")
        indexes = (models.Index(fields=("app", "environment", "type", "-created"), name="newest_things_of_a_type"),)

    def __str__(self) -> str:
        return f"{self.type} {self.key}"

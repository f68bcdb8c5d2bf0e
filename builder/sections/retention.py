"""Retention: how long captures of calls and the history of runs are kept."""

from typing import Any

from builder.fields import CountField
from builder.forms import Form
from builder.models import App
from builder.sections import Section, sections


class RetentionForm(Form):
    """Fields left empty have their default."""

    captures = CountField(
        label="Captures of a call",
        most=100,
        default=20,
        unit="captures",
        help_text="The newest. Pinned ones, and the one its fields were found in, stay.",
    )
    capture_days = CountField(
        label="A capture is kept for", most=3650, default=365, unit="days", help_text="Pinned and used ones stay."
    )
    runs = CountField(
        label="Runs", most=1_000_000, default=10_000, unit="runs", help_text="The newest, of all workflows of the app."
    )
    run_days = CountField(
        label="A run is kept for", most=3650, default=30, unit="days", help_text="With its steps, their times and ends."
    )


@sections.register
class Retention(Section):
    name = "retention"
    label = "Retention"
    icon = "archive"
    order = 60
    hint = "What is older, or beyond these numbers, is deleted once a day."
    Options = RetentionForm
    template = "settings/retention.html"


def kept(app: App) -> dict[str, int]:
    """How much an app keeps: `captures` of each call, `runs`, and for how many days."""
    chosen_here = sections[Retention.name].values(app)
    fields: dict[str, Any] = RetentionForm.base_fields  # type: ignore[attr-defined]
    return {name: chosen_here[name] or field.default for name, field in fields.items()}

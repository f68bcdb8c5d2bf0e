"""The forms of captures: the name of one, and an answer that is pasted or uploaded to become one."""

from typing import Any

from django import forms

from builder.forms import Form
from connector.captures.recordings import RECORDING_MOST, BadRecording, Recorded, read_recording

# What may be said of an answer that does not say it of itself; empty is found out from its first bytes.
CONTENT_TYPES = (
    ("", "Find it out from the bytes"),
    ("text/event-stream", "Events (text/event-stream)"),
    ("application/x-ndjson", "JSON lines (application/x-ndjson)"),
    ("application/json", "JSON (application/json)"),
    ("application/json-seq", "JSON sequence (application/json-seq)"),
    ("application/vnd.amazon.eventstream", "AWS event stream"),
    ("multipart/mixed", "Parts (multipart/mixed)"),
    ("text/csv", "CSV lines (text/csv)"),
    ("text/plain", "Text (text/plain)"),
)


class CaptureNameForm(Form):
    """What a capture is called in the list; nothing is its time."""

    name = forms.CharField(max_length=80, required=False, label="Name")


class RecordingForm(Form):
    """An answer from elsewhere: its text, or its file."""

    text = forms.CharField(required=False, label="Answer", strip=False, widget=forms.Textarea)
    file = forms.FileField(required=False, label="File", allow_empty_file=True)
    content_type = forms.ChoiceField(choices=CONTENT_TYPES, required=False, label="Content type")

    def __init__(self, *args: Any, **kwargs: Any):
        # Limits of the call on the same page have fields of these names, too.
        super().__init__(*args, **{"auto_id": "recorded_%s", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Read it; what cannot be read is said under the field it came by."""
        cleaned = super().clean() or self.cleaned_data
        self.recorded: Recorded | None = None
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        try:
            # One that is too large is not even read: more than its first bytes would say so.
            data = file.read(RECORDING_MOST + 1) if file else text.encode("utf-8", "replace")
            self.recorded = read_recording(data, cleaned.get("content_type") or "", pasted=not file)
        except BadRecording as error:
            self.add_error("file" if file else "text", f"{error.sentence} {error.todo}")
        return cleaned

    @property
    def source(self) -> str:
        """How it came, in one word."""
        return "uploaded" if self.cleaned_data.get("file") else "pasted"

"""Forms for captures: naming one, and pasting or uploading a response to make one."""

from typing import Any

from django import forms

from builder.forms import Form
from connector.captures.recordings import RECORDING_MOST, BadRecording, Recorded, read_recording

# Content types to choose for a response that does not name its own; if empty, its first bytes decide.
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
    """A capture's name in the list; if empty, its time is shown."""

    name = forms.CharField(max_length=80, required=False, label="Name")


class RecordingForm(Form):
    """A response from elsewhere, as text or as a file."""

    text = forms.CharField(required=False, label="Answer", strip=False, widget=forms.Textarea)
    file = forms.FileField(required=False, label="File", allow_empty_file=True)
    content_type = forms.ChoiceField(choices=CONTENT_TYPES, required=False, label="Content type")

    def __init__(self, *args: Any, **kwargs: Any):
        # The limits of the call on the same page have fields of the same names.
        super().__init__(*args, **{"auto_id": "recorded_%s", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Read it; an error appears under the field it came from."""
        cleaned = super().clean() or self.cleaned_data
        self.recorded: Recorded | None = None
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        try:
            # One byte beyond the limit is enough to know that it is too large.
            data = file.read(RECORDING_MOST + 1) if file else text.encode("utf-8", "replace")
            self.recorded = read_recording(data, cleaned.get("content_type") or "", pasted=not file)
        except BadRecording as error:
            self.add_error("file" if file else "text", f"{error.sentence} {error.todo}")
        return cleaned

    @property
    def source(self) -> str:
        """Where it came from, in one word."""
        return "uploaded" if self.cleaned_data.get("file") else "pasted"

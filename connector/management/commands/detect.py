"""Finds the response fields of recorded answers and prints them, one JSON object a line, in the order of the files.

A file that cannot be read has a line too, with a problem of the kind "unreadable"; the exit status is 1 then.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from connector.answers.detect import progress_of
from connector.captures.recordings import RECORDING_MOST, BadRecording
from connector.captures.transcripts import Looked, look_into, recorded_in
from connector.management.output import UNREAD, nobody_reads

_SHOWN = ("name", "type", "path", "when", "mode", "suggested", "confidence", "reason", "value")

# Utterances count as cumulative texts; the other modes say how values are taken.
_MODES = {"segments": "cumulative", "largest": "delta", "number": "delta", "yes_no": "delta"}
# The more general framing that is reported for variants of lines of text and of successive values.
_FAMILIES = {"concatenated": "ndjson", "prefixed-json-lines": "text", "csv": "text"}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a transcript in JSON, or the bytes of a body")
        parser.add_argument("--content-type", help="what the service called it, for a file that does not say")

    def handle(self, *args: Any, files: list[str], content_type: str | None, **options: Any) -> None:
        unread = []
        for name in files:
            try:
                found = report(look_into(recorded_in(_bytes_of(Path(name)), content_type or "")))
            except (OSError, BadRecording) as error:
                unread.append(_sentence(name, error))
                found = _unreadable(unread[-1])
            # Not orjson: a service may send integers of any length, and lone surrogates.
            line = json.dumps(found, separators=(",", ":"))
            try:
                sys.stdout.buffer.write(line.encode() + b"\n")
                sys.stdout.buffer.flush()
            except BrokenPipeError:
                nobody_reads()
                sys.exit(UNREAD)
        if unread:
            raise CommandError("\n".join(unread))


def _bytes_of(path: Path) -> bytes:
    """A file's content or, if it is too large, just enough to show that."""
    with path.open("rb") as file:
        return file.read(RECORDING_MOST + 1)


def _sentence(name: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no file {name}."
    return f"The file {name} cannot be read: {error.strerror}." if isinstance(error, OSError) else f"{name}: {error}"


def _unreadable(sentence: str) -> dict[str, Any]:
    return {
        "framing": "",
        "frames": 0,
        "fields": [],
        "problem": {"kind": "unreadable", "message": sentence},
        "end": {"by": "close"},
    }


def report(looked: Looked) -> dict[str, Any]:
    """What was found, as it is printed. A text stream also has `progress`: its length after each frame."""
    found = looked.detection
    fields = [{name: getattr(each, name) for name in _SHOWN} for each in found.fields]
    for each in fields:
        each["mode"] = _MODES.get(each["mode"], each["mode"])
    for at, progress in progress_of(found, looked.frames).items():
        fields[at]["progress"] = progress
    framing = looked.framing.replace("_", "-")
    family = _FAMILIES.get(framing)
    return {
        "framing": family or framing,
        "frames": len(looked.frames),
        "fields": fields,
        "problem": found.problem,
        "end": found.end,
        **({"sub_framing": framing} if family else {}),
    }

"""Finds the response fields of recorded answers and prints them, one JSON object a line, in the order of the files."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from connector.detect import progress_of
from connector.recordings import BadRecording
from connector.transcripts import Looked, look_into, recorded_in

_SHOWN = ("name", "type", "path", "when", "mode", "suggested", "confidence", "reason", "value")

# Utterances are cumulative texts; the other modes are how values are taken.
_MODES = {"segments": "cumulative", "largest": "delta", "number": "delta", "yes_no": "delta"}
# What a framing is a kind of, for those that are lines of text or values in a row.
_FAMILIES = {"concatenated": "ndjson", "prefixed-json-lines": "text", "csv": "text"}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a transcript in JSON, or the bytes of a body")
        parser.add_argument("--content-type", help="what the service called it, for a file that does not say")

    def handle(self, *args: Any, files: list[str], content_type: str | None, **options: Any) -> None:
        for name in files:
            try:
                recorded = recorded_in(Path(name).read_bytes(), content_type or "")
            except FileNotFoundError as error:
                raise CommandError(f"There is no file {name}.") from error
            except OSError as error:
                raise CommandError(f"The file {name} cannot be read: {error.strerror}.") from error
            except BadRecording as error:
                raise CommandError(f"{name}: {error}") from error
            # Not orjson: a service may send whole numbers of any length, and halves of letters.
            line = json.dumps(report(look_into(recorded)), separators=(",", ":"))
            sys.stdout.buffer.write(line.encode() + b"\n")
            sys.stdout.buffer.flush()


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

"""Python code run inside Django, piece after piece in one process, so that only the first waits for Django to start.

    shell = Shell(environment)
    shell.run("print(1)")       # → "1\\n"

As a program it is the other end: a line of input is code as JSON, a line of output what it printed and how it failed.
"""

import contextlib
import io
import json
import subprocess
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class CodeFailed(AssertionError):
    """The code raised; the message is its traceback."""


class Shell:
    """Starts with its first piece of code, ends with `end` or with the process that it belongs to."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment | {"DJANGO_SETTINGS_MODULE": "streamwright.settings"}
        self.process: subprocess.Popen[str] | None = None

    def run(self, code: str) -> str:
        """What the code prints. Raises CodeFailed."""
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.shell"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise CodeFailed(f"The shell ended with {self.process.wait()}.")
        printed, failure = json.loads(answer)
        if failure:
            raise CodeFailed(f"{printed}{failure}")
        return str(printed)

    def end(self) -> None:
        if self.process is not None:
            self.process.communicate()
            self.process = None


def main() -> None:
    import django

    django.setup()
    from django.db import connections

    for line in sys.stdin:
        printed, failure = io.StringIO(), ""
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(json.loads(line), "<shell>", "exec"), {"__name__": "<shell>"})
        except Exception:
            failure = traceback.format_exc()
        finally:
            connections.close_all()
        print(json.dumps([printed.getvalue(), failure]), flush=True)


if __name__ == "__main__":
    main()

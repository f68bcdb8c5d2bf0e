"""Standard output whose reader may have gone away, as `head` does after a pipe."""

import os
import sys

# The exit status that shells report for a program killed by SIGPIPE (128 + 13).
UNREAD = 141


def nobody_reads() -> None:
    """Discard what is still to be written, so that the interpreter can exit without complaining about the pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

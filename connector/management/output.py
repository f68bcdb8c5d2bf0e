"""Standard output whose reader may have left, as the `head` after a pipe does."""

import os
import sys

# What a shell reports of a program that wrote to nobody (128 + SIGPIPE).
UNREAD = 141


def nobody_reads() -> None:
    """What is still to be written goes nowhere, so that the interpreter can end without a word about the pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

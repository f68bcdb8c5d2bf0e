"""What is given up while nothing can be saved, so that an outage costs bounded memory however long it is (P21): the
oldest runs that are over, and the pages that were left first. Never what a visitor looks at, and no run in progress."""

from collections import Counter

from workflows.live import runs
from workflows.live.directory import Directory
from workflows.live.kept import KeptStreams

# The most runs that are over, and pages that were left, that wait until they can be saved.
MOST_RUNS, MOST_PAGES = 2_000, 500

# How many have been given up by this process.
given_up: Counter[str] = Counter()


def give_up(directory: Directory, streams: KeptStreams) -> None:
    """Give up what is more than that."""
    gone = [guest for guest in directory.parting.values() if directory.is_gone(guest)]
    for guest in gone[:-MOST_PAGES]:
        directory.give_up(guest)
        streams.give_up(guest.visit.key)
    given_up["pages"] += max(0, len(gone) - MOST_PAGES)
    left = {guest.visit for guest in gone[:-MOST_PAGES]}
    over = [run for run in runs.unwritten if run not in runs.under_way]
    surplus = [run for run in over if run.host.visit in left]
    surplus += [run for run in over if run.host.visit not in left][: -MOST_RUNS or None]
    for run in surplus:
        del runs.unwritten[run]
    given_up["runs"] += len(surplus)

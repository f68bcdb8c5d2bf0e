"""The demo app, and streams of its calls that a test feeds."""

import pytest

from builder.database import db as in_database
from builder.starters import starters
from connector.answers.extract import Extraction
from connector.answers.stream import Stream
from workflows.live import host, visit


@pytest.fixture(autouse=True)
def whole_batches(monkeypatch):
    """A batch has everything, however busy the machine is; tests of slices say how long one is."""
    monkeypatch.setattr(visit, "SLICE", 60)


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


@pytest.fixture
def streams(monkeypatch):
    """The streams of the calls made, under the test's control."""
    made = []

    async def start_call(edition, api, call, values, visitor, beside):
        body = await in_database(edition.body, "api", api)
        await in_database(beside)
        made.append(Stream(Extraction.of(body, call)))
        made[-1].asked = values
        made[-1].request_sent()
        return made[-1]

    monkeypatch.setattr(host, "start_call", start_call)
    return made

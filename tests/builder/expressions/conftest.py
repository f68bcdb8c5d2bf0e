"""The sources and types of the upper apps, as stand-ins, so that expressions are tested without them."""

import pytest

from builder.sources import sources
from builder.types import types
from tests.builder.expressions.sample import Answer, Lookup, ReplyType


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch):
    monkeypatch.setitem(types, "reply", ReplyType())
    monkeypatch.setitem(sources, "answer", Answer())
    monkeypatch.setitem(sources, "lookup", Lookup())

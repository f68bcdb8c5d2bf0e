"""What gestures are made on: a page with elements in groups, and how a plan leaves it."""

import pytest

from tests.builder.gestures.sample import sample


@pytest.fixture
def page():
    """index ─ Title, Answer ─ (Live, Actions ─ Stop), Hint; with one state."""
    return sample()

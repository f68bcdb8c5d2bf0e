"""What journeys share."""

import re
import uuid

import pytest


@pytest.fixture
def slug(request: pytest.FixtureRequest) -> str:
    """The address of an app of this test's own: no other test of the same server has it, whatever that test is called."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[-36:].strip("-")
    return f"{name}-{uuid.uuid4().hex[:6]}"

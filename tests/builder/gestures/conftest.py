"""What gestures are made on: a page with elements in groups, and two apps to paste between."""

import pytest

from tests.builder.gestures.elsewhere import BOX, CLICKED, LOUD, App, theme
from tests.builder.gestures.sample import sample
from tests.builder.reusable import card, instance


@pytest.fixture
def page():
    """index ─ Title, Answer ─ (Live, Actions ─ Stop), Hint; with one state."""
    return sample()


@pytest.fixture
def here():
    """An app with an instance of Box, in which there is a Card that has a workflow, and a text with a style."""
    return App(instance("el_box001", "rs_box001"), LOUD, documents=[BOX, card(), CLICKED, theme()], page="pg_here01")


@pytest.fixture
def there():
    """Another app, with an empty page."""
    return App()

"""Icons are decoration until they have a description."""

from pathlib import Path

import pytest
from django.conf import settings

from builder.elements.symbols import ICONS
from tests.builder.elements.alone import drawn


def test_without_a_description_it_says_nothing():
    html = drawn("icon", icon="leaf")
    assert 'aria-hidden="true"' in html and 'data-p="description"></span>' in html


def test_with_one_it_is_read_aloud():
    assert '<span class="sw-aside" data-p="description">Plant</span>' in drawn("icon", icon="leaf", description="Plant")


@pytest.mark.parametrize("name", [name for name, _ in ICONS])
def test_every_icon_is_in_the_sprite(name):
    assert f'id="i-{name}"' in Path(settings.BASE_DIR, "static/icons.svg").read_text()

"""Every source: named, drawn, honest about what is gone, and sound in what it offers."""

import re
import sys
from pathlib import Path

import pytest
from django.conf import settings

from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.expressions.reads import reads
from builder.expressions.shape import check
from builder.sources import sources

ICONS = set(re.findall(r'id="i-([a-z-]+)"', (Path(settings.BASE_DIR) / "static/icons.svg").read_text()))


class Nothing:
    """A context in which everything is empty."""

    def __getattr__(self, name):
        return lambda *args: None


@pytest.fixture(params=sources)
def source(request):
    return sources[request.param]


@pytest.fixture
def place():
    return Place(Catalog())


def test_a_source_is_named_drawn_and_documented(source):
    assert source.label and source.label[0].isupper()
    assert source.icon in ICONS
    assert sys.modules[type(source).__module__].__doc__


def test_its_example_is_complete_and_can_be_stored(source):
    assert all(isinstance(source.example.get(name), str) for name in source.required)
    check(source.expression(**source.example))


def test_what_it_reads_is_said_without_looking(source):
    key = source.reads(source.example)
    assert key is None or (isinstance(key, tuple) and hash(key) and all(isinstance(part, str | None) for part in key))
    assert reads(source.expression(**source.example)) == ({key} if key else set())


def test_in_an_empty_app_its_value_is_empty_and_nothing_breaks(source, place):
    source.value(source.example, Nothing())
    assert source.sample(source.example, place) is None


def test_what_is_gone_is_a_problem_in_words(source, place):
    if source.type_of(source.example, place) is None:
        [sentence] = problems(source.expression(**source.example), "any", place)
        assert sentence.endswith("is gone. Choose another source.")


def test_what_it_offers_is_sound(source, place):
    for offer in source.offers(place):
        assert problems(offer.expression, offer.type, place) == []

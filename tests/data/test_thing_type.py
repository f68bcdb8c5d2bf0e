"""The type of things: its fields, its name, and whether it is still there."""

import pytest

from builder import types
from builder.expressions.catalog import Catalog
from tests.data.conftest import plant

GONE = "thing:dt_gone01"


@pytest.fixture
def catalog():
    return Catalog([("data_type", "dt_plant1", plant())])


def test_it_has_the_authors_fields_and_those_every_thing_has(catalog):
    found = types.fields("thing:dt_plant1", catalog)
    assert [(field.label, field.type) for field in found] == [
        ("Name", "text"),
        ("Age", "number"),
        ("Happy", "yes_no"),
        ("Watered", "date"),
        ("Created date", "date"),
        ("Modified date", "date"),
        ("Creator", "text"),
        ("Unique id", "text"),
    ]
    assert not any(field.final for field in found)


def test_it_is_called_as_its_data_type(catalog):
    assert types.label("thing:dt_plant1", catalog) == "Plant"
    assert types.phrase("list:thing:dt_plant1", catalog) == "a list of Plant"


def test_one_that_is_gone_has_no_fields_and_says_so(catalog):
    assert types.fields(GONE, catalog) == []
    assert types.label(GONE, catalog) == "A removed data type"
    assert not types.known(GONE, catalog) and types.known("thing:dt_plant1", catalog)


def test_a_thing_fits_only_where_its_own_type_is_expected(catalog):
    assert types.accepts("thing:dt_plant1", "thing:dt_plant1")
    assert not types.accepts("thing:dt_plant1", GONE)

"""Do a search for: it shows what there is and follows what changes (S35)."""

import asyncio

import pytest

from builder.access import catalog_of
from builder.database import db
from builder.edition import Edition
from builder.expressions.catalog import Catalog, Place
from builder.people.visitor import NOBODY
from builder.sources import sources
from data.things import add_thing, delete_things

TYPE = "dt_plant1"
search = sources["search"]


@pytest.fixture
def place(app):
    return Place(catalog_of(app))


def test_its_type_is_a_list_of_things_and_gone_with_the_data_type(place):
    assert search.type_of({"data_type": TYPE}, place) == "list:thing:dt_plant1"
    assert search.type_of({"data_type": "dt_gone01"}, place) is None
    assert search.type_of({}, Place(Catalog())) is None


def test_it_is_offered_oldest_and_newest_first_for_each_data_type(place):
    assert [(offer.label, offer.hint) for offer in search.offers(place)] == [
        ("Search for Plant", "oldest first"),
        ("Search for Plant", "newest first"),
    ]
    assert search.label_of({"data_type": TYPE, "newest_first": True}, place) == "Search for Plant, newest first"


async def test_S35_a_search_shown_on_a_page_hears_of_a_new_thing_and_of_a_deleted_one(app):
    moved = asyncio.Event()
    shown = search.open(Edition(app), {"data_type": TYPE}, moved.set, NOBODY)
    assert shown.value is None

    async def after(work, *args):
        moved.clear()
        thing = await db(work, Edition(app), TYPE, *args)
        await asyncio.wait_for(moved.wait(), 5)
        return thing

    await asyncio.wait_for(moved.wait(), 5)
    assert shown.value == []
    fig = await after(add_thing, {"df_name01": "Fig"}, "")
    assert [thing.field("df_name01") for thing in shown.value] == ["Fig"]
    await after(add_thing, {"df_name01": "Fern"}, "")
    assert [thing.field("df_name01") for thing in shown.value] == ["Fig", "Fern"]
    await after(delete_things, [fig.key])
    assert [thing.field("df_name01") for thing in shown.value] == ["Fern"]
    shown.close()


async def test_a_search_that_is_closed_looks_no_more(app):
    moved = []
    shown = search.open(Edition(app), {"data_type": TYPE}, lambda: moved.append(1), NOBODY)
    await asyncio.sleep(0.1)
    shown.close()
    await db(add_thing, Edition(app), TYPE, {}, "")
    await asyncio.sleep(0.1)
    assert moved == [1] and shown.value == []


@pytest.mark.parametrize(("limit", "many"), [(2, 2), (0, 4), (-1, 4), ("2", 4), (None, 4)])
async def test_a_step_gets_what_is_there_now_bounded_by_a_limit_that_makes_sense(app, limit, many):
    for _ in range(4):
        await db(add_thing, Edition(app), TYPE, {}, "")
    assert len((await search.fetch(Edition(app), {"data_type": TYPE, "limit": limit}, NOBODY)).value) == many

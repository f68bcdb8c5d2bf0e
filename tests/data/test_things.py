"""Things: what fits into a field, what is refused in words, and that who watches a type hears of every change (S35)."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from builder.database import db
from builder.edition import LIVE, Edition
from builder.errors import NotFound
from builder.models import App
from data import models
from data.errors import NoSuchType, ThingGone, WrongValue
from data.things import (
    A_PAGE,
    add_thing,
    changed,
    count,
    create_thing,
    delete_things,
    misfits,
    page_of,
    reads_as,
    search,
    set_field,
    set_fields,
    watch,
)

TYPE = "dt_plant1"


def _plant(app, **values):
    return add_thing(Edition(app), TYPE, {f"df_{key}": value for key, value in values.items()}, "ada@example.org")


async def _settle():
    for _ in range(5):
        await asyncio.sleep(0.01)


# Values


@pytest.mark.parametrize(
    ("field", "given", "stored"),
    [
        ("df_name01", "Fig", "Fig"),
        ("df_name01", 3.0, "3"),
        ("df_name01", True, "yes"),
        ("df_name01", "", None),
        ("df_age001", "12", 12),
        ("df_age001", 1.5, 1.5),
        ("df_age001", 0, 0),
        ("df_age001", None, None),
        ("df_happy1", "yes", True),
        ("df_happy1", "no", False),
        ("df_happy1", False, False),
        ("df_water1", "2026-11-21T14:30:00+00:00", "2026-11-21T14:30:00+00:00"),
        ("df_water1", datetime(2026, 11, 21, tzinfo=UTC), "2026-11-21T00:00:00+00:00"),
    ],
)
def test_a_value_is_stored_as_its_field_holds_it(app, field, given, stored):
    assert add_thing(Edition(app), TYPE, {field: given}, "").field(field) == stored


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("df_age001", "abc", "Age takes a number, and this is not one."),
        ("df_age001", True, "Age takes a number, and this is not one."),
        ("df_water1", "tomorrow", "Watered takes a date, and this is not one."),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_is_stored(app, field, given, sentence):
    with pytest.raises(WrongValue) as refused:
        add_thing(Edition(app), TYPE, {"df_name01": "Fig", field: given}, "")
    assert str(refused.value) == sentence
    assert not models.Thing.objects.exists()


def test_values_of_no_field_are_left_out_and_a_thing_knows_its_built_in_fields(app):
    thing = add_thing(Edition(app), TYPE, {"df_name01": "Fig", "df_gone01": 1}, "ada@example.org")
    assert set(thing.values) == {"df_name01", "df_age001", "df_happy1", "df_water1"}
    assert (thing.field("creator"), thing.field("created"), thing.field("df_gone01")) == (
        "ada@example.org",
        thing.created,
        None,
    )
    assert thing.as_json()["df_name01"] == "Fig"


def test_a_type_that_is_gone_is_said_so(app):
    with pytest.raises(NoSuchType, match="does not exist any more"):
        add_thing(Edition(app), "dt_gone01", {}, "")


# Changing and deleting


def test_one_field_is_set_and_the_others_stay(app):
    thing = _plant(app, name01="Fig", age001=3)
    set_field(Edition(app), TYPE, thing.key, "df_age001", "4")
    [found] = search(app, TYPE, False, 10)
    assert (found.field("df_name01"), found.field("df_age001")) == ("Fig", 4)
    assert found.changed > thing.changed and found.created == thing.created


def test_several_fields_are_set_at_once_or_none_of_them(app):
    thing = _plant(app, name01="Fig", age001=3)
    set_fields(Edition(app), TYPE, thing.key, {"df_name01": "Elm", "df_happy1": True, "df_other1": "x"})
    with pytest.raises(WrongValue):
        set_fields(Edition(app), TYPE, thing.key, {"df_name01": "Oak", "df_age001": "many"})
    [found] = search(app, TYPE, False, 10)
    assert {key: value for key, value in found.values.items() if value is not None} == {
        "df_name01": "Elm",
        "df_age001": 3,
        "df_happy1": True,
    }
    assert found.field("key") == thing.key


def test_a_field_that_a_type_does_not_have_cannot_be_set(app):
    with pytest.raises(NotFound):
        set_field(Edition(app), TYPE, _plant(app).key, "df_other1", "x")


def test_what_was_deleted_cannot_be_set(app):
    thing = _plant(app)
    assert delete_things(Edition(app), TYPE, [thing.key, "th_nobody"]) == 1
    with pytest.raises(ThingGone, match="This Plant is no longer there"):
        set_field(Edition(app), TYPE, thing.key, "df_age001", "4")


def test_P27_things_of_another_app_or_of_the_live_data_are_out_of_reach(app, ada):
    other = App.objects.create(name="Other", slug="other", owner=ada)
    theirs = models.Thing.objects.create(app=other, type=TYPE)
    live = models.Thing.objects.create(app=app, type=TYPE, environment=LIVE)
    assert delete_things(Edition(app), TYPE, [theirs.key, live.key]) == 0
    for key in (theirs.key, live.key):
        with pytest.raises(ThingGone):
            set_field(Edition(app), TYPE, key, "df_age001", 1)
    assert search(app, TYPE, False, 10) == [] and count(Edition(app)) == {}


# Reading


def test_a_search_is_in_the_order_of_making_or_the_other_way_round_and_bounded(app):
    keys = [_plant(app, age001=age).key for age in range(5)]
    assert [thing.key for thing in search(app, TYPE, False, 10)] == keys
    assert [thing.key for thing in search(app, TYPE, True, 2)] == keys[:-3:-1]


def test_a_table_has_pages_with_the_newest_first(app):
    keys = [_plant(app).key for _ in range(A_PAGE + 3)][::-1]
    first, last = page_of(Edition(app), TYPE), page_of(Edition(app), TYPE, 99)
    assert [thing.key for thing in first.things] == keys[:A_PAGE]
    assert [thing.key for thing in last.things] == keys[A_PAGE:]
    assert (first.pages, first.total, last.number) == (2, A_PAGE + 3, 2)
    assert count(Edition(app)) == {TYPE: A_PAGE + 3}


def test_what_another_type_could_not_read_is_counted(app):
    for name in ("12", "Fig", "", "2026-11-21"):
        _plant(app, name01=name)
    assert [misfits(Edition(app), TYPE, "df_name01", kind) for kind in ("text", "number", "date", "yes_no")] == [
        0,
        2,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("text", 12, True),
        ("number", "12", True),
        ("number", "Fig", False),
        ("number", None, True),
        ("yes_no", False, True),
        ("yes_no", "Fig", False),
        ("date", "2026-11-21", True),
        ("date", 12, False),
    ],
)
def test_a_stored_value_reads_as_a_type_or_does_not(kind, value, fits):
    assert reads_as(kind, value) is fits


# Watching


async def test_S35_who_watches_hears_of_making_changing_and_deleting(app):
    heard = []
    unwatch = watch(app.pk, "development", TYPE, lambda: heard.append(threading.current_thread()))
    thing = await create_thing(Edition(app), TYPE, {"df_name01": "Fig"}, "")
    await _settle()
    assert len(heard) == 1
    await db(set_field, Edition(app), TYPE, thing.key, "df_age001", 1)
    await _settle()
    await db(delete_things, Edition(app), TYPE, [thing.key])
    await _settle()
    assert heard == [threading.main_thread()] * 3
    unwatch()
    await create_thing(Edition(app), TYPE, {}, "")
    await _settle()
    assert len(heard) == 3


async def test_a_change_can_be_told_from_any_thread_and_is_heard_on_the_watchers_loop():
    heard = asyncio.Event()
    watch("ap_1", "development", "dt_1", heard.set)
    threading.Thread(target=changed, args=("ap_1", "development", "dt_1")).start()
    await asyncio.wait_for(heard.wait(), 2)


async def test_who_stops_watching_does_not_hear_what_was_already_on_its_way():
    heard = []
    unwatch = watch("ap_1", "development", "dt_1", lambda: heard.append(1))
    changed("ap_1", "development", "dt_1")
    unwatch()
    await _settle()
    assert heard == []


async def test_a_watcher_of_another_type_or_app_or_environment_hears_nothing():
    heard = []
    for key in (("ap_2", "development", "dt_1"), ("ap_1", "live", "dt_1"), ("ap_1", "development", "dt_2")):
        watch(*key, lambda key=key: heard.append(key))
    changed("ap_1", "development", "dt_1")
    await _settle()
    assert heard == []


def test_a_watcher_whose_loop_is_gone_keeps_nobody_from_saving():
    async def begin():
        watch("ap_3", "development", "dt_1", lambda: None)

    asyncio.run(begin())
    changed("ap_3", "development", "dt_1")

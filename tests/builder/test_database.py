"""The door to the database: its threads keep their connections, and nothing that broke is kept."""

from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

from builder.database import db, settle
from builder.models import App

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def opened():
    """One for each connection that is opened from now on."""
    found = []

    def note(**about):
        found.append(about["connection"])

    connection_created.connect(note)
    yield found
    connection_created.disconnect(note)


async def test_connections_are_opened_once_a_thread_and_not_once_a_turn(opened):
    for _ in range(20):
        await db(App.objects.count)
    assert len(opened) <= 4


async def test_P21_a_connection_that_had_an_error_is_opened_anew():
    def used():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return connection.connection

    def broken():
        before = used()
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
        return before

    before = await db(broken)
    assert all([await db(used) is not before for _ in range(8)])


async def test_what_stands_beside_the_database_is_brought_into_it():
    def write():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS beside (one TEXT)")
            cursor.execute("DROP TABLE beside")
        return Path(f"{connection.settings_dict['NAME']}-wal")

    beside = await db(write)
    assert beside.stat().st_size > 0
    await db(settle)
    assert beside.stat().st_size == 0

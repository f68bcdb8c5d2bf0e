"""The socket of an open table: it says that something changed, to who may edit the app and to nobody else."""

import asyncio

from builder.database import db
from builder.edition import Edition
from data.things import add_thing
from tests.people import socket

TYPE = "dt_plant1"
PATH = f"/ws/data/garden/{TYPE}/"


async def test_S35_an_open_table_hears_once_of_many_things(ada_client, app):
    table = socket(ada_client, PATH)
    assert (await table.connect())[0]
    await asyncio.sleep(0.1)
    for _ in range(5):
        await db(add_thing, Edition(app), TYPE, {}, "")
    assert await table.receive_from(timeout=5) == "changed"
    assert await table.receive_nothing(timeout=0.5)
    await table.disconnect()


async def test_P27_somebody_else_hears_nothing(cy_client, app):
    table = socket(cy_client, PATH)
    await table.connect()
    assert (await table.receive_output(timeout=5)) == {"type": "websocket.close", "code": 4004}

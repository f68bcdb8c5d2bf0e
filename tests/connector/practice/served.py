"""What the tests serve under Daphne: the practice API, and how many of its tasks are alive at /alive."""

import asyncio
import json

from connector.practice.api import application as practice


async def application(scope, receive, send):
    if scope["path"] != "/alive":
        return await practice(scope, receive, send)
    alive = [task.get_coro().__qualname__ for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(alive).encode()})

"""S39: a run that is over budget fails with the number for its author, and its visitor is told when to try again."""

import json

from builder.chosen import choose
from builder.database import db
from builder.edition import Edition
from builder.people.visitor import Visitor
from connector.spending import counting
from tests.workflows.live.asking import until
from workflows.live.directory import Directory
from workflows.live.protocol import Happened
from workflows.models import Run


async def test_the_run_fails_with_the_number_and_the_visitor_hears_a_kind_sentence(app, ada, settings):
    settings.URL_SCHEMES = {"practice": "http://127.0.0.1:9"}
    visitor, told = Visitor.editor(ada, "192.0.2.1"), []
    await db(choose, counting.SECTION, {"development_visitor_minute": 1}, app)
    await db(counting.take, Edition(app), visitor)
    directory = Directory(grace=0)
    guest, _ = await directory.enter(Edition(app), "pg_chat01", visitor, None)
    directory.attach(guest, "socket", told.append, 0)
    guest.runs.happened(Happened("one", "el_send01", "clicked", {"el_quest1": "Why?"}))
    await until(lambda: any("notice" in message for message in told))
    await until(lambda: not guest.runs.running)
    notice = next(json.loads(message)["notice"] for message in told if "notice" in message)
    assert notice.startswith("A lot was asked for in one minute. Try again in ")
    assert "budget" not in "".join(told)
    run = await db(Run.objects.get)
    assert (run.state, run.reason) == (
        "failed",
        "The budget of 1 call a minute for one visitor is used up (development).",
    )
    await directory.leave(guest)

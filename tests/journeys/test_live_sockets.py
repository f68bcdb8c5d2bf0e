"""The live page's socket against a real server: what it carries, to whom, and that no character is lost or doubled."""

import asyncio
import time

import aiohttp
import pytest

from connector.practice.answers import answer
from tests.live import OPENED, LivePage, close_all, demo_app, signed_in

pytestmark = pytest.mark.asyncio
QUESTION = "Why does my fig drop its leaves?"


@pytest.fixture
async def session(server):
    session = await signed_in(server)
    yield session
    await close_all(session)


async def _chat(server, session, query: str = "seed=7&speed=200") -> LivePage:
    """A chat page of this test's own, whose answer is known."""
    return await LivePage(server, session, await demo_app(server, session, query), "pg_chat01").open()


async def _ask(page: LivePage, **more) -> None:
    await page.until(lambda: page.have > 0)
    await page.happens("el_send01", "clicked", el_quest1=QUESTION, **more)


async def test_an_answer_arrives_piece_by_piece_and_whole(server, session):
    page = await _chat(server, session)
    await _ask(page)
    await page.until(lambda: page.state == "done")
    whole = "".join(answer(QUESTION, seed=7))
    assert page.reply == whole
    assert len(set(page.history)) > 5
    assert all(whole.startswith(text) for text in page.history)
    await page.until(lambda: len(page.lists.get("el_msgs01", ())) == 2)
    key = page.lists["el_msgs01"][1]
    await page.until(lambda: page.shown.get((f"el_answr1@{key}", "text")) == whole)
    assert "tokens in" in page.shown["el_token1", "text"]


async def test_S3_nothing_of_the_call_reaches_the_visitor(server, session):
    page = await _chat(server, session)
    await _ask(page)
    await page.until(lambda: page.state == "done")
    said = "".join(page.raw)
    for secret in ("/v1/chat", "practice-1", "chat.completion", "choices", "data:", "[DONE]", "stream_options", "api"):
        assert secret not in said


async def test_P4_a_connection_cut_midway_loses_and_doubles_nothing(server, session):
    page = await _chat(server, session, "seed=7&speed=60")
    await _ask(page)
    for cut in (20, 60, 120):
        await page.until(lambda cut=cut: len(page.reply) > cut)
        await page.cut()
        await asyncio.sleep(0.2)
        await page.open()
    await page.until(lambda: page.state == "done")
    whole = "".join(answer(QUESTION, seed=7))
    assert page.reply == whole
    assert all(whole.startswith(text) for text in page.history)


async def test_P15_a_browser_that_lost_everything_gets_its_visit_back(server, session):
    page = await _chat(server, session, "seed=7&speed=60")
    await _ask(page)
    await page.until(lambda: len(page.reply) > 30)
    elsewhere = asyncio.create_task(page.until(lambda: False))
    again = LivePage(server, session, page.url.split("/")[-3], "pg_chat01")
    again.visit = page.visit
    await again.open()
    await again.until(lambda: again.state == "done")
    assert again.reply == "".join(answer(QUESTION, seed=7))
    with pytest.raises(ConnectionError, match="4009"):
        await elsewhere


async def test_P14_the_same_event_sent_twice_and_a_double_click_start_one_run(server, session):
    slug = await demo_app(server, session, "seed=7&speed=200")
    page = await LivePage(server, session, slug, "pg_chat01").open()
    await _ask(page, id="the-same")
    await page.happens("el_send01", "clicked", id="the-same")
    await page.happens("el_send01", "clicked")
    await page.until(lambda: page.state == "done")
    await asyncio.sleep(0.3)
    await page.happens("el_send01", "clicked", id="the-same", el_quest1=QUESTION)
    await asyncio.sleep(0.5)
    code = f"from workflows.models import Run; print(Run.objects.filter(app__slug={slug!r}).count())"
    assert server.shell(code).strip() == "1"


async def test_P14_the_server_says_what_it_has_heard_also_to_who_comes_back(server, session):
    page = await _chat(server, session)
    await _ask(page, id="one")
    await page.happens(None, "typed", id="two")
    await page.until(lambda: page.heard[-1] == "two")
    await page.cut()
    await page.open()
    await page.happens("el_send01", "clicked", id="one", el_quest1=QUESTION)
    await page.until(lambda: page.heard[-1] == "one")
    assert page.heard[-2] == "two", "the hello says it, and what comes twice is heard twice and done once"
    await page.until(lambda: page.state == "done")
    assert len(page.lists.get("el_msgs01", ())) <= 2


async def test_P18_a_page_of_another_version_is_told_so_with_a_code_of_our_own(server, session):
    page = LivePage(server, session, "demo", "pg_chat01")
    await page.open(version=0)
    with pytest.raises(ConnectionError, match="4010"):
        await page.until(lambda: False)
    assert page.raw == []


async def test_P15_two_tabs_are_two_visits(server, session):
    slug = await demo_app(server, session, "seed=7&speed=200")
    one = await LivePage(server, session, slug, "pg_chat01").open()
    other = await LivePage(server, session, slug, "pg_chat01").open()
    await _ask(one)
    await one.until(lambda: one.state == "done")
    await other.until(lambda: len(other.lists.get("el_msgs01", ())) == 2)
    assert (other.reply, other.state) == ("", "never" if other.state else None)


async def test_S30_stop_keeps_the_text_and_ends_the_run(server, session):
    page = await _chat(server, session, "seed=7&speed=20")
    await _ask(page)
    await page.until(lambda: len(page.reply) > 20)
    await page.happens("el_stop01", "clicked")
    began = time.monotonic()
    await page.until(lambda: page.state == "stopped")
    assert time.monotonic() - began < 1.0  # five times S30's 200 ms
    assert "".join(answer(QUESTION, seed=7)).startswith(page.reply)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("fault=cut&after=6", "The answer could not be finished."),
        ("fault=error&after=6", "The answer could not be finished."),
        ("fault=401", "The answer could not be finished."),
        ("fault=json", "The answer could not be finished."),
        ("fault=html", "The answer could not be finished."),
    ],
)
async def test_S29_a_failed_stream_keeps_its_text_and_says_so_kindly(server, session, fault, sentence):
    page = await _chat(server, session, f"seed=7&speed=200&{fault}")
    await _ask(page)
    await page.until(lambda: page.state == "failed")
    await page.until(lambda: any("notice" in said for said in page.raw))
    assert sentence in page.shown["el_reply1", "problem"]
    assert "".join(answer(QUESTION, seed=7)).startswith(page.reply)
    # Ids and moments may hold these figures.
    told = [page.shown["el_reply1", "problem"], *(said for said in page.raw if "notice" in said)]
    assert "401" not in "".join(told)


async def test_P28_another_origin_is_refused(server, session):
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await LivePage(server, session, "demo", "pg_chat01").open(origin="http://evil.example")


@pytest.mark.parametrize(
    "message", ["{", "[]", '{"t": "event"}', '{"t": "ack", "n": 1}', '{"t": "hello", "visit": 3, "have": 0, "v": 1}']
)
async def test_rubbish_closes_the_socket_in_words(server, session, message):
    page = LivePage(server, session, "demo", "pg_chat01")
    page.socket = await session.ws_connect(page.url, headers={"Origin": server.origin})
    OPENED.append(page.socket)
    await page.socket.send_str(message)
    with pytest.raises(ConnectionError, match="4008"):
        await page.until(lambda: False)
    assert "error" in page.raw[-1]


async def test_P27_somebody_elses_page_and_a_visit_that_is_guessed_do_not_exist(server, session):
    slug = await demo_app(server, session, "seed=7&speed=200")
    server.shell("from builder.models import User; User.objects.get_or_create(email='cy@example.org')")
    stranger = await signed_in(server, "cy@example.org")
    page = LivePage(server, stranger, slug, "pg_chat01")
    await page.open()
    with pytest.raises(ConnectionError, match="4004"):
        await page.until(lambda: False)
    mine = await LivePage(server, session, slug, "pg_chat01").open()
    await mine.until(lambda: mine.have > 0)
    debugger = await stranger.ws_connect(
        f"{server.url}/ws/debug/{slug}/{mine.visit}/", headers={"Origin": server.origin}
    )
    assert (await debugger.receive()).data == 4004
    await debugger.close()
    await close_all(stranger)


async def test_P28_who_lost_the_right_is_cut_within_seconds(own_server):
    session = await signed_in(own_server)
    page = await LivePage(own_server, session, "demo", "pg_chat01").open()
    await page.until(lambda: page.have > 0)
    own_server.shell("from builder.models import User; User.objects.update(is_active=False)")
    began = time.monotonic()
    with pytest.raises(ConnectionError, match="4004"):
        await page.until(lambda: False, seconds=25)
    assert time.monotonic() - began < 25  # five times P28's 5 s
    await close_all(session)

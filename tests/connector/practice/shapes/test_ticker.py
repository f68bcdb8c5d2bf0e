"""The price ticker."""

import itertools
import json
import re
import time

import pytest

from tests.connector.practice.reading import events

TICK = re.compile(
    rb'data: \{"type":"ticker","sequence":\d{11},"product_id":"[A-Z-]+","price":"\d+\.\d\d","open_24h":"[\d.]+",'
    rb'"volume_24h":"[\d.]+","low_24h":"[\d.]+","high_24h":"[\d.]+","volume_30d":"[\d.]+","best_bid":"[\d.]+",'
    rb'"best_bid_size":"0\.46","best_ask":"[\d.]+","best_ask_size":"1\.5e-05","side":"(buy|sell)",'
    rb'"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","trade_id":\d+,"last_size":"[\d.]+"\}'
)


def test_the_prices_are_framed_byte_for_byte(api):
    first, *ticks, rest = api.get("/ticker", params={"count": "6"}).content.split(b"\n\n")
    assert first == (
        b'data: {"type":"subscriptions","channels":[{"name":"ticker","product_ids":["BTC-USD","ETH-EUR","SOL-USD"]}]}'
    )
    assert len(ticks) == 6
    assert all(TICK.fullmatch(tick) for tick in ticks)
    assert rest == b""


def test_every_product_moves_and_a_heartbeat_comes_between(api):
    values = [value for _, value in events(api.get("/ticker", params={"count": "40"}).content)]
    prices = [(value["product_id"], value["price"]) for value in values if value["type"] == "ticker"]
    assert all(len({price for name, price in prices if name == product}) > 5 for product, _ in prices[:3])
    assert [value["type"] for value in values].count("heartbeat") == 2


def test_the_products_can_be_chosen(api):
    values = [value for _, value in events(api.get("/ticker", params={"count": "2", "products": "tea-chf"}).content)]
    assert {value.get("product_id") for value in values[1:]} == {"TEA-CHF"}


def test_without_a_count_it_goes_on_and_never_faster_than_a_reader_can_leave(api):
    began = time.monotonic()
    with api.stream("GET", "/ticker", params={"speed": "0"}) as answer:
        lines = [line for line in itertools.islice(answer.iter_lines(), 30) if line]
    assert [json.loads(line.removeprefix("data: "))["type"] for line in lines[1:]] == ["ticker"] * 14
    assert time.monotonic() - began > 14 / 50 - 0.02


@pytest.mark.parametrize("count", ["0", "many", "1.5", "100001"])
def test_a_count_that_is_none_is_refused(api, count):
    answer = api.get("/ticker", params={"count": count})
    assert answer.status_code == 400
    assert answer.json() == {"message": "The query parameter count must be a whole number from 1 to 100000."}

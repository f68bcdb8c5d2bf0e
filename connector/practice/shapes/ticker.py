"""A price ticker: several products, one price per event, until the client leaves (or ?count= prices have been sent)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count as numbers
from typing import Any

from connector.practice.request import Knobs, Request, count_of
from connector.practice.shapes.shape import Shape
from connector.practice.written import event

PRICES = {"BTC-USD": 64230.0, "ETH-EUR": 3141.5, "SOL-USD": 152.4}
OTHER_PRICE = 100.0
MOST_PRODUCTS = 20
MOST_PRICES = 100_000
FASTEST_WITHOUT_END = 50.0
HEARTBEAT_EVERY = 20


class Ticker(Shape):
    title = "Price ticker"
    path = "/ticker"
    route = re.compile(r"/ticker")
    methods = ("GET",)
    speed = 4.0

    def __init__(self, request: Request, knobs: Knobs, route: re.Match[str]):
        super().__init__(request, knobs, route)
        self.count = count_of(request.query, "count", MOST_PRICES)
        self.fastest = None if self.count else FASTEST_WITHOUT_END
        named = [name.strip().upper()[:20] for name in request.query.get("products", "").split(",")]
        names = [name for name in named if name][:MOST_PRODUCTS] or list(PRICES)
        self.prices = {name: PRICES.get(name, OTHER_PRICE) for name in names}
        self.first = dict(self.prices)
        self.low, self.high = dict(self.prices), dict(self.prices)
        self.sequence = self.chance.randrange(10**10, 10**11)

    def read_body(self, request: Request) -> dict[str, Any]:
        return {}

    def conversation(self) -> list[tuple[str, str]]:
        return []

    def streams(self) -> bool:
        return True

    def opening(self) -> Iterator[bytes]:
        channel = {"name": "ticker", "product_ids": list(self.prices)}
        yield event({"type": "subscriptions", "channels": [channel]})

    def pieces(self) -> Iterator[tuple[bytes, int]]:
        for number in range(1, self.count + 1) if self.count else numbers(1):
            frame = event(self._tick(number))
            yield (frame + event(self._heartbeat(number)) if number % HEARTBEAT_EVERY == 0 else frame), 1

    def failed(self) -> bytes:
        return event({"type": "error", "message": "Failed to subscribe", "reason": "The feed was interrupted."})

    def whole(self) -> Any:
        return self._tick(1)

    @classmethod
    def error(cls, status: int, sentence: str) -> Any:
        return {"message": sentence}

    def _tick(self, number: int) -> dict[str, Any]:
        """One trade: the product's price moves a little, up or down, at random."""
        product = list(self.prices)[(number - 1) % len(self.prices)]
        before = self.prices[product]
        price = self.prices[product] = max(0.01, round(before * (1 + self.chance.gauss(0, 0.0004)), 2))
        self.low[product] = min(self.low[product], price)
        self.high[product] = max(self.high[product], price)
        return {
            "type": "ticker",
            "sequence": self.sequence + number,
            "product_id": product,
            "price": f"{price:.2f}",
            "open_24h": f"{self.first[product]:.2f}",
            "volume_24h": f"{9120.5 + number * 0.25:.8f}",
            "low_24h": f"{self.low[product]:.2f}",
            "high_24h": f"{self.high[product]:.2f}",
            "volume_30d": f"{245532.79 + number * 0.25:.8f}",
            "best_bid": f"{price:.2f}",
            "best_bid_size": "0.46",
            "best_ask": f"{price + 0.01:.2f}",
            "best_ask_size": "1.5e-05",
            "side": "buy" if price >= before else "sell",
            "time": _now(),
            "trade_id": 370843400 + number,
            "last_size": f"{self.chance.uniform(0.001, 2):.5f}",
        }

    def _heartbeat(self, number: int) -> dict[str, Any]:
        product = next(iter(self.prices))
        return {
            "type": "heartbeat",
            "sequence": self.sequence + number,
            "last_trade_id": 370843400 + number,
            "product_id": product,
            "time": _now(),
        }


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"

"""The demo's ticker page: prices that move without any workflow (S36)."""

from typing import Any

from builder.document import Body, Node, node
from workflows.starters.written import element, op, page, source, text

PRODUCTS = (("btc", "BTC-USD"), ("eth", "ETH-EUR"), ("sol", "SOL-USD"))

# The call's nodes in the practice API's document.
TICKER: dict[str, Node] = {
    "ca_ticker": node(
        "call",
        "Price ticker",
        {
            "use_as": "data",
            "method": "GET",
            "path": "/ticker",
            "response_type": "stream",
            "body_kind": "none",
            "limits": {"total": None},
        },
        query=["qp_produc"],
        fields=["fd_price1", "fd_low001", "fd_high01", "fd_time01"],
    ),
    "qp_produc": node("query", "products", {"value": "BTC-USD", "private": False}),
    "fd_price1": node("field", "Price", {"type": "live", "path": "price"}),
    "fd_low001": node("field", "Low", {"type": "live", "path": "low_24h"}),
    "fd_high01": node("field", "High", {"type": "live", "path": "high_24h"}),
    "fd_time01": node("field", "Time", {"type": "live", "path": "time"}),
}


def ticker_documents() -> list[tuple[str, Body]]:
    cards = [_card(short, product) for short, product in PRODUCTS]
    column = element(
        "el_prices",
        "group",
        "Prices",
        element("el_ptitle", "heading", "Prices", text="Prices, live", level=1, size="lg"),
        element(
            "el_phint1",
            "text",
            "Hint",
            text="One call a product, used as Data. No workflow: the page asks, and the numbers move.",
            tone="quiet",
        ),
        *cards,
        width="page",
        gap="md",
        padding="lg",
    )
    props = {"padding": "none", "width": "fill", "by_address": True}
    return [("page", page("pg_ticker", "ticker", "Prices, live", column, **props))]


def _card(short: str, product: str) -> Any:
    def value(field: str) -> dict[str, Any]:
        parameters = {"qp_produc": product}
        return source("api", op("field", field), call="ai_pract1/ca_ticker", parameters=parameters)

    return element(
        f"el_{short}_c1",
        "group",
        product,
        element(
            f"el_{short}_l1",
            "group",
            f"{product} words",
            element(f"el_{short}_n1", "text", f"{product} name", text=product, weight="strong"),
            element(
                f"el_{short}_r1",
                "text",
                f"{product} range",
                text=text(value("fd_low001"), " to ", value("fd_high01")),
                visible={**value("fd_low001"), "ops": [*value("fd_low001")["ops"], op("is_not_empty")]},
                keep_space=True,
                tone="quiet",
                size="sm",
            ),
            gap="none",
        ),
        element(f"el_{short}_p1", "heading", f"{product} price", text=text(value("fd_price1")), level=2, size="md"),
        direction="row",
        align="center",
        gap="md",
        padding="md",
        border="line",
        rounded="md",
        background="raised",
    )

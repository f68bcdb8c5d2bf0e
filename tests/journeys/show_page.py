"""A page with one of each element that shows something, with data of its own and the demo's ticker."""

from builder.document import Body, node
from workflows.starters.written import element, op, page, source, text

PAGE = "pg_shows1"
ITEM = source("cell", element="el_table1")
POINT = source("cell", element="el_chart1")
PRICE = source("api", op("field", "fd_price1"), call="ai_pract1/ca_ticker", parameters={"qp_produc": "BTC-USD"})
NUMBERS = source("state", state="st_number")
HTML = """<style>body { margin: 0; font: 15px/1.6 system-ui } p { height: 300px }</style><h2>Opening hours</h2><p>Monday</p>
<script>
  document.body.dataset.origin = self.origin
  try { document.body.dataset.page = parent.document.title } catch { document.body.dataset.page = "sealed" }
  try { document.body.dataset.cookie = document.cookie } catch { document.body.dataset.cookie = "sealed" }
</script>"""


def shows() -> Body:
    """The page; `st_number` is its list of numbers, `st_part01` how far the progress is."""
    column = element(
        "el_column",
        "group",
        "Column",
        element("el_head01", "heading", "Title", text="What plants say", level=1, size="lg"),
        element(
            "el_row001",
            "group",
            "Signs",
            element("el_icon01", "icon", "Leaf", icon="leaf", size="lg", tone="accent", description="Plant"),
            element("el_divid2", "divider", "Upright", direction="column"),
            element(
                "el_link01",
                "link",
                "Guide",
                label="Read the guide",
                to="address",
                address="https://plants.example/guide",
                new_tab=True,
            ),
            element(
                "el_link02",
                "link",
                "Chat",
                label="To the chat",
                to="page",
                page="pg_chat01",
                kind="button",
                icon="arrow",
                parameters=[{"name": "plant", "value": text("fig ", source("state", state="st_part01"))}],
            ),
            direction="row",
            align="center",
            wrap=True,
        ),
        element("el_divid1", "divider", "Line"),
        *[
            element(f"el_alert{number}", "alert", kind, kind=kind, title=title, text="Move the fig closer to a window.")
            for number, (kind, title) in enumerate(
                {
                    "info": "Good to know",
                    "ok": "All is watered",
                    "warn": "The light is low",
                    "danger": "The pot is dry",
                }.items()
            )
        ],
        element(
            "el_progr1",
            "progress",
            "Known",
            label="Reading the manual",
            value=source("state", state="st_part01"),
            most=80,
        ),
        element("el_progr2", "progress", "Unknown", label="Waiting for the post"),
        element("el_spinn1", "spinner", "Spinner", label="Asking Juniper", show_label=True),
        element("el_stop01", "stop", "Stop"),
        element(
            "el_charts",
            "group",
            "Charts",
            element(
                "el_chart1",
                "chart",
                "Growth",
                title="Growth in cm",
                kind="bar",
                source=NUMBERS,
                label=text("Week ", POINT),
                height="sm",
                series=[{"name": "Fig", "value": POINT}, {"name": "Fern", "value": {**POINT, "ops": [op("times", 2)]}}],
            ),
            element(
                "el_chart2",
                "chart",
                "Price",
                title="Price",
                now=PRICE,
                height="sm",
                series=[{"name": "BTC", "value": None}],
            ),
            direction="row",
            align="start",
        ),
        element(
            "el_table1",
            "data_table",
            "Table",
            label="Numbers",
            show_label=True,
            content_type="number",
            source=NUMBERS,
            height="sm",
            columns=[
                {"label": "Plant", "value": text("Fig ", ITEM), "align": "auto"},
                {"label": "Height", "value": ITEM, "align": "auto"},
                {"label": "Note", "value": "Doing well", "align": "auto"},
            ],
        ),
        element("el_video1", "video", "Film", label="How to repot a fig"),
        element("el_html01", "html", "Hours", title="Opening hours", html=HTML),
        width="page",
        padding="lg",
    )
    made = page(PAGE, "shows", "What plants say", column, padding="none", width="fill")
    states = {
        "st_number": node("state", "Numbers", {"type": "number", "list": True, "default": [3, 5, 4, 7, 6, 9]}),
        "st_part01": node("state", "Part", {"type": "number", "default": 32}),
    }
    made["nodes"] |= states
    made["nodes"][PAGE]["slots"]["states"] = list(states)
    return made

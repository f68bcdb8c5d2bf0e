"""Budgets and limits: how many calls this app may make, and how much of that is used today (S39)."""

from collections.abc import Mapping
from typing import Any

from builder.chosen import chosen
from builder.models import App, User
from builder.sections import Section, sections
from connector.forms.budgets import BudgetsForm
from connector.spending.budgets import Caps
from connector.spending.counting import OF_SERVER, SECTION, used

# In order of what costs most.
ENVIRONMENTS = {
    "live": ("Live", "What the published app may call for its visitors."),
    "development": ("Development", "What previews may call for those who edit the app. Replays cost nothing."),
}
# The share of a budget from which its bar shows a warning.
NEARLY = 0.8


@sections.register
class Budgets(Section):
    name = SECTION
    label = "Budgets and limits"
    icon = "sliders"
    order = 20
    hint = "No call is sent beyond these. Whoever asks for more is told when to try again."
    Options = BudgetsForm
    template = "settings/budgets.html"

    def form(self, app: App, typed: Mapping[str, Any] | None = None) -> BudgetsForm:
        return BudgetsForm({**self.held(app), **(typed or {})}, of_server=chosen(OF_SERVER))

    def context(self, app: App, person: User, form: Any) -> dict[str, Any]:
        of_server, own = chosen(OF_SERVER), self.held(app)
        tables = [
            {"key": key, "title": title, "hint": hint, "rows": form.table(key), "bars": _bars(app, key, own, of_server)}
            for key, (title, hint) in ENVIRONMENTS.items()
        ]
        return {"tables": tables}


def _bars(app: App, environment: str, own: Mapping[str, Any], of_server: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was used today next to what is allowed."""
    most, now = Caps.of(environment, own, of_server).most, used(app, environment)
    shown = (
        ("Calls today", now["day"], most["app", "day"]),
        ("The visitor who called most today", now["visitor"], most["visitor", "day"]),
        ("Under way now", now["at_once"], most["app", "at_once"]),
    )
    return [
        {
            "what": what,
            "used": f"{count:,}",
            "most": f"{cap:,}",
            "part": min(100, 100 * count / cap),
            "nearly": count >= NEARLY * cap,
        }
        for what, count, cap in shown
    ]

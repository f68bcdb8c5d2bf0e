"""Budgets of all apps: numbers for apps that have none of their own, and what no app may exceed (S39)."""

from typing import Any

from builder.models import App, User
from builder.sections import Section, sections
from connector.forms.budgets import AllBudgetsForm
from connector.sections.budgets import ENVIRONMENTS
from connector.spending.counting import OF_SERVER


@sections.register
class AllBudgets(Section):
    name = OF_SERVER
    label = "Budgets of all apps"
    icon = "server"
    order = 30
    of_server = True
    hint = "Every app of this server is held to these."
    Options = AllBudgetsForm
    template = "settings/budgets.html"

    def context(self, app: App, person: User, form: Any) -> dict[str, Any]:
        most = {"key": "most", "title": "At most", "hint": "No app can have more than this. Empty: no such limit."}
        usual = [
            {"key": key, "title": title, "hint": "Where an app has no number of its own."}
            for key, (title, _) in ENVIRONMENTS.items()
        ]
        return {"tables": [table | {"rows": form.table(table["key"])} for table in (most, *usual)]}

"""Data types: what a thing of the app's own database is made of."""

from typing import Any

from django.urls import reverse

from builder.changes.duplicate import free_name
from builder.checking.fixes import renaming
from builder.document import Body, Problem, Where, body, children, node
from builder.kinds import Kind, kinds

FIELD_TYPES = {"text": "Text", "number": "Number", "yes_no": "Yes/no", "date": "Date"}


@kinds.register
class DataType(Kind):
    name = "data_type"
    label = "Data type"
    prefix = "dt"
    icon = "database"

    def blank(self, key: str, name: str) -> Body:
        return body(key, {key: node("data_type", name)})

    def url(self, app: str, body: Body, node: str) -> str:
        return reverse("data", args=[app, body["root"]])

    def problems(self, body: Body, catalog: Any = None) -> list[Problem]:
        root = body["root"]
        found, names = [], set()
        if not body["nodes"][root]["name"].strip():
            found.append(Problem(Where(f"data_type/{root}", root), "A data type needs a name.", "error"))
        for key in body["nodes"].keys() - {root}:
            field = body["nodes"][key]
            where = Where(f"data_type/{root}", key)
            if field["type"] != "field" or field["props"].get("type") not in FIELD_TYPES or field["slots"]:
                found.append(Problem(where, "A data type holds fields of type text, number, yes/no or date.", "error"))
            elif not field["name"].strip():
                found.append(Problem(where, "A field needs a name.", "error"))
        for key in children(body, root, "fields"):
            name = body["nodes"][key]["name"].strip().lower()
            if name in names:
                text = f"There are two fields named {body['nodes'][key]['name']}. Rename one of them."
                doc, taken = f"data_type/{root}", {each["name"] for each in body["nodes"].values()}
                fix = renaming(doc, key, free_name(body["nodes"][key]["name"], taken))
                found.append(Problem(Where(doc, key), text, fix=fix))
            names.add(name)
        return found

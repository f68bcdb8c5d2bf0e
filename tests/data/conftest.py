"""An app of Ada's with one data type: Plant, with a field of each type."""

import pytest

from builder.document import body, node
from builder.models import App

FIELDS = {
    "df_name01": node("field", "Name", {"type": "text"}),
    "df_age001": node("field", "Age", {"type": "number"}),
    "df_happy1": node("field", "Happy", {"type": "yes_no"}),
    "df_water1": node("field", "Watered", {"type": "date"}),
}


def plant():
    return body("dt_plant1", {"dt_plant1": node("data_type", "Plant", fields=list(FIELDS)), **FIELDS})


@pytest.fixture
def app(ada):
    made = App.objects.create(name="Garden", slug="garden", owner=ada)
    made.documents.create(kind="data_type", key="dt_plant1", body=plant())
    return made

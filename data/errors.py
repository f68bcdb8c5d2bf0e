"""What can go wrong with the app's own data.

StreamwrightError
├── Invalid
│   ├── NoSuchType    the data type is gone
│   └── WrongValue    a value does not fit its field
└── Refused
    └── Gone
        └── ThingGone the thing was deleted
"""

from builder.errors import Gone, Invalid


class NoSuchType(Invalid):
    code = "no_such_data_type"
    sentence = "This data type does not exist any more."
    todo = "Open the step and choose another data type."


class WrongValue(Invalid):
    code = "wrong_value"
    sentence = "{field} takes {expected}, and this is not one."


class ThingGone(Gone):
    code = "thing_gone"
    sentence = "This {type} is no longer there."
    why = "It was deleted, by a run or by somebody else."

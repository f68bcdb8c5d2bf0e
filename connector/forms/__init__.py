"""What an author fills in about an API and its calls: defaults, limits, and what is wrong with it in words.

A form is bound to what the document holds, so that what is wrong with it is said under its field whenever it is shown.
"""

from connector.forms.api import ApiForm
from connector.forms.call import CallForm
from connector.forms.fields import FieldForm, FieldForms
from connector.forms.limits import LimitsForm
from connector.forms.rows import RowForm
from connector.forms.settings import SettingsForm

__all__ = ["ApiForm", "CallForm", "FieldForm", "FieldForms", "LimitsForm", "RowForm", "SettingsForm"]

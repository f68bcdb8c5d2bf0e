"""Forms for an API and its calls: defaults, limits, and what is wrong, in words.

A form is bound to what the document holds, so that errors appear under their fields whenever it is shown.
"""

from connector.forms.api import ApiForm
from connector.forms.call import CallForm
from connector.forms.fields import FieldForm, FieldForms
from connector.forms.limits import LimitsForm
from connector.forms.rows import RowForm
from connector.forms.settings import SettingsForm

__all__ = ["ApiForm", "CallForm", "FieldForm", "FieldForms", "LimitsForm", "RowForm", "SettingsForm"]

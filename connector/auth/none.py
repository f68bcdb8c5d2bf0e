"""No authentication: the service answers anybody."""

from connector.auth import Scheme, auth


@auth.register
class NoAuthentication(Scheme):
    name = "none"
    label = "None"
    hint = "The service answers anybody."
    example = {"secrets": {}, "options": {}, "signs": {}}

"""No authentication: the service answers anybody."""

from connector.auth import Scheme, auth


@auth.register
class NoAuthentication(Scheme):
    name = "none"
    label = "None"
    example = {"secrets": {}, "options": {}, "signs": {}}

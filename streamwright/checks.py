"""System checks for settings that are valid but do not do what their operator probably wants."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register
def addresses_are_known(**kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy every visitor seems to come from the proxy, so budgets per address need the header it sets
    (S39)."""
    if not settings.BEHIND_PROXY or settings.CLIENT_ADDRESS_HEADER:
        return []
    return [
        Warning(
            "BEHIND_PROXY is on without CLIENT_ADDRESS_HEADER: no budget by address holds.",
            hint="Name the header in which the proxy always writes the client's address: X-Real-IP, for example.",
            id="streamwright.W001",
        )
    ]

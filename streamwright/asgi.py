"""Where every request and every socket enters: Django, the sockets of each app and, when it is on, the practice API."""

import os
from importlib import import_module, util
from typing import Any, cast

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "streamwright.settings")
django = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import OriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import re_path  # noqa: E402


async def http(scope: Any, receive: Any, send: Any) -> None:
    """A request: to the practice API when it is asked for by its address and switched on, else to Django."""
    if settings.PRACTICE and scope["path"].startswith("/practice/"):
        from connector.practice.api import application as practice

        await practice(scope, receive, send)
    else:
        await django(scope, receive, send)


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    """A socket address that nobody answers is refused before it opens."""
    await send({"type": "websocket.close"})


def socket_routes() -> list[Any]:
    """What every app says in its `routing.py`."""
    modules = [f"{app}.routing" for app in ("builder", "data", "connector", "workflows")]
    return [route for name in modules if util.find_spec(name) for route in import_module(name).websocket_urlpatterns]


application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": OriginValidator(
            AuthMiddlewareStack(URLRouter([*socket_routes(), re_path("", cast(Any, nowhere))])), settings.ORIGINS
        ),
    }
)

"""Where every request and socket enters: probes, Django, the sockets of each app and, when on, the practice API; and
where a server says that it starts and ends."""

import os
from importlib import import_module, util
from typing import Any, cast

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "streamwright.settings")
django.setup(set_prefix=False)

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import re_path  # noqa: E402

from streamwright import logs, probes  # noqa: E402
from streamwright.answering import Answering  # noqa: E402
from streamwright.bodies import bounded  # noqa: E402
from streamwright.origins import host_of, is_of_apps  # noqa: E402
from streamwright.serving import lifespan  # noqa: E402
from streamwright.static_files import StaticFiles  # noqa: E402
from streamwright.traffic import traffic  # noqa: E402
from workflows.routing import published_urlpatterns  # noqa: E402

pages = StaticFiles(bounded(Answering()))


async def http(scope: Any, receive: Any, send: Any) -> None:
    """A request: a probe, to the practice API when it is asked for by its address and switched on, else a static file
    or a page of Django's.

    The practice API is the outside world: what runs to its end while the server stops may still need it."""
    logs.new_request()
    if scope["path"] in probes.PROBES:
        await probes.answer(scope, send)
    elif settings.PRACTICE and scope["path"].startswith("/practice/") and not is_of_apps(host_of(scope)):
        from connector.practice.api import application as practice

        await practice(scope, receive, send)
    else:
        await traffic.request(pages, scope, receive, send)


async def websocket(scope: Any, receive: Any, send: Any) -> None:
    """A socket: only from a page of ours, by scheme, host and port exactly as the browser says them (P28). On the apps'
    origin there are those of published pages, which know of no session; the editor has all others."""
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    on_apps = is_of_apps(host_of(scope))
    logs.new_request()
    if on_apps and origin == settings.APPS_ORIGIN:
        await traffic.socket(published, scope, receive, send)
    elif not on_apps and origin in settings.ORIGINS:
        await traffic.socket(sockets, scope, receive, send)
    else:
        await nowhere(scope, receive, send)


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    """What is not for the asker, or not there, does not open."""
    await send({"type": "websocket.close"})


def socket_routes() -> list[Any]:
    """What every app says in its `routing.py`."""
    modules = [f"{app}.routing" for app in ("builder", "data", "connector", "workflows")]
    return [route for name in modules if util.find_spec(name) for route in import_module(name).websocket_urlpatterns]


sockets = AuthMiddlewareStack(URLRouter([*socket_routes(), re_path("", cast(Any, nowhere))]))
published = URLRouter([*published_urlpatterns, re_path("", cast(Any, nowhere))])
application = ProtocolTypeRouter({"http": http, "websocket": websocket, "lifespan": lifespan})

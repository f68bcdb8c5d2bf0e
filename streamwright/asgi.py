"""The entry point of every request and socket: probes, Django, each app's sockets, the practice API when it is on, and
the lifespan messages by which a server says that it starts and stops."""

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
    """Dispatch a request: to a probe, to the practice API if its path asks for it and it is on, else to a static file
    or Django.

    The practice API counts as the outside world: it is served even while the server stops, since runs that are being
    finished may still need it.
    """
    logs.new_request()
    if scope["path"] in probes.PROBES:
        await probes.answer(scope, send)
    elif settings.PRACTICE and scope["path"].startswith("/practice/") and not is_of_apps(host_of(scope)):
        from connector.practice.api import application as practice

        await practice(scope, receive, send)
    else:
        await traffic.request(pages, scope, receive, send)


async def websocket(scope: Any, receive: Any, send: Any) -> None:
    """Accept a socket only from one of our own pages, comparing scheme, host and port of its Origin exactly (P28).

    The apps' origin has only the sockets of published pages, which know no session; the editor's origin has all others.
    """
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
    """Refuse a socket: the path does not exist, or is not for whoever asks."""
    await send({"type": "websocket.close"})


def socket_routes() -> list[Any]:
    """The routes listed in each app's `routing.py`."""
    modules = [f"{app}.routing" for app in ("builder", "data", "connector", "workflows")]
    return [route for name in modules if util.find_spec(name) for route in import_module(name).websocket_urlpatterns]


sockets = AuthMiddlewareStack(URLRouter([*socket_routes(), re_path("", cast(Any, nowhere))]))
published = URLRouter([*published_urlpatterns, re_path("", cast(Any, nowhere))])
application = ProtocolTypeRouter({"http": http, "websocket": websocket, "lifespan": lifespan})

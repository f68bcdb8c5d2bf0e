"""The sockets of live pages: in preview with their debugger, and published."""

from django.urls import path

from workflows.live.consumers import DebugConsumer, PreviewConsumer, PublishedConsumer

websocket_urlpatterns = [
    path("ws/live/<slug:slug>/<str:page>/", PreviewConsumer.as_asgi()),
    path("ws/debug/<slug:slug>/<str:visit>/", DebugConsumer.as_asgi()),
]

# On the origin of published apps.
published_urlpatterns = [path("ws/app/<slug:slug>/<str:page>/", PublishedConsumer.as_asgi())]

"""The sockets of the connector."""

from django.urls import path

from connector.consumers import InitializeConsumer

websocket_urlpatterns = [path("ws/initialize/<slug:slug>/<str:api>/<str:call>/", InitializeConsumer.as_asgi())]

"""The socket of the Data tab."""

from django.urls import path

from data.consumers import DataConsumer

websocket_urlpatterns = [path("ws/data/<slug:slug>/<str:data_type>/", DataConsumer.as_asgi())]

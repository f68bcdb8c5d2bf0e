"""URLs of the Data tab."""

from django.urls import path

from data.views import fields, things, types

# /apps/<slug>/data/
type_urls = [
    path("apps/<slug:slug>/data/", types.tab, name="data"),
    path("apps/<slug:slug>/data/new/", types.new_type, name="new-type"),
    path("apps/<slug:slug>/data/<slug:data_type>/", types.tab, name="data"),
    path("apps/<slug:slug>/data/<slug:data_type>/rename/", types.rename_type, name="rename-type"),
    path("apps/<slug:slug>/data/<slug:data_type>/delete/", types.delete_type, name="delete-type"),
]

# /apps/<slug>/data/<type>/fields/
_FIELD = "apps/<slug:slug>/data/<slug:data_type>/fields/<slug:field>/"
field_urls = [
    path("apps/<slug:slug>/data/<slug:data_type>/fields/", fields.add_field, name="add-field"),
    path(f"{_FIELD}name/", fields.rename_field, name="rename-field"),
    path(f"{_FIELD}type/<slug:kind>/", fields.retype_field, name="retype-field"),
    path(f"{_FIELD}delete/", fields.remove_field, name="remove-field"),
]

# /apps/<slug>/data/<type>/things/
thing_urls = [
    path("apps/<slug:slug>/data/<slug:data_type>/things/new/", things.new_thing, name="new-thing"),
    path("apps/<slug:slug>/data/<slug:data_type>/things/delete/", things.remove_things, name="remove-things"),
    path("apps/<slug:slug>/data/<slug:data_type>/things/<slug:thing>/<slug:field>/", things.set_cell, name="set-cell"),
]

urlpatterns = type_urls + field_urls + thing_urls

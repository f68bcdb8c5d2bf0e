"""URLs of the API connector."""

from django.urls import path

from connector.views import authentication, editing, files, frames, history, importing, returned, rows

HOME = "apps/<slug:slug>/connector/"
API = f"{HOME}<slug:api>/"
CALL = f"{API}<slug:call>/"

# /apps/<slug>/connector/
home_urls = [
    path(HOME, editing.tab, name="connector"),
    path(f"{HOME}add/", editing.new_api, name="new-api"),
    path(f"{HOME}import/", importing.dialog, name="import-dialog"),
    path(f"{HOME}import/add/", importing.add, name="import"),
    path(f"{HOME}import/review/", importing.review, name="import-review"),
    path(f"{HOME}import/allow/", importing.allow_place, name="import-allow"),
]

# …/connector/<api>/
api_urls = [
    path(API, editing.tab, name="connector"),
    path(f"{API}add/", editing.new_call, name="new-call"),
    path(f"{API}duplicate/", editing.duplicate, name="duplicate-api"),
    path(f"{API}delete/", editing.delete, name="delete-api"),
    path(f"{API}set/<slug:field>/", editing.set_api, name="set-api"),
    path(f"{API}rows/<slug:slot>/add/", rows.new_row, name="new-shared-row"),
    path(f"{API}rows/<slug:row>/remove/", rows.remove_row, name="remove-shared-row"),
    path(f"{API}rows/<slug:row>/<slug:field>/", rows.set_row, name="set-shared-row"),
    path(f"{API}authentication/", authentication.choose, name="choose-authentication"),
    path(f"{API}authentication/<slug:field>/set/", authentication.set_option, name="set-authentication"),
    path(f"{API}authentication/secret/", authentication.keep_secret, name="keep-secret"),
    path(f"{API}authentication/secret/remove/", authentication.remove_secret, name="remove-secret"),
    path(f"{API}authentication/secret/<slug:environment>/", authentication.ask_secret, name="ask-secret"),
]

# …/connector/<api>/<call>/
call_urls = [
    path(CALL, editing.tab, name="connector"),
    path(f"{CALL}duplicate/", editing.duplicate, name="duplicate-call"),
    path(f"{CALL}delete/", editing.delete, name="delete-call"),
    path(f"{CALL}set/<slug:field>/", editing.set_call, name="set-call"),
    path(f"{CALL}limits/<slug:field>/", editing.set_limit, name="set-limit"),
    path(f"{CALL}ask/<slug:what>/", editing.ask, name="ask-for"),
    path(f"{CALL}allow/", editing.allow_here, name="allow-here"),
    path(f"{CALL}settings/<slug:field>/", editing.set_setting, name="set-setting"),
    path(f"{CALL}rows/<slug:slot>/add/", rows.new_row, name="new-row"),
    path(f"{CALL}rows/<slug:row>/remove/", rows.remove_row, name="remove-row"),
    path(f"{CALL}rows/<slug:row>/upload/", rows.put_file, name="put-file"),
    path(f"{CALL}rows/<slug:row>/<slug:field>/", rows.set_row, name="set-row"),
    path(f"{CALL}curl/", importing.command, name="copy-as-curl"),
    path(f"{CALL}response/", editing.response, name="response"),
]

# …/connector/<api>/<call>/returned/
returned_urls = [
    path(f"{CALL}returned/", returned.returned, name="returned"),
    path(f"{CALL}returned/<slug:capture>/", returned.returned, name="returned"),
    path(f"{CALL}returned/<slug:capture>/json/", returned.as_json, name="returned-as-json"),
    path(f"{CALL}returned/<slug:capture>/row/", returned.new_row, name="returned-row"),
    path(f"{CALL}returned/<slug:capture>/frames/", frames.frames, name="returned-frames"),
    path(f"{CALL}returned/<slug:capture>/frame/<int:n>/", frames.frame, name="returned-frame"),
]

# …/connector/<api>/<call>/captures/
capture_urls = [
    path(f"{CALL}captures/", history.captures, name="captures"),
    path(f"{CALL}captures/add/", history.add, name="add-capture"),
    path(f"{CALL}captures/compare/", history.compare, name="compare-captures"),
    path(f"{CALL}captures/<slug:capture>/name/", history.rename, name="name-capture"),
    path(f"{CALL}captures/<slug:capture>/pin/", history.pin, name="pin-capture"),
    path(f"{CALL}captures/<slug:capture>/delete/", history.delete, name="delete-capture"),
    path(f"{CALL}captures/<slug:capture>/transcript/", history.download, name="download-capture"),
]

# /files/
file_urls = [
    path("files/<slug:key>/<str:name>", files.give, name="call-file"),
]

urlpatterns = file_urls + home_urls + api_urls + returned_urls + capture_urls + call_urls

"""URLs of the Workflows tab and of live pages."""

from django.urls import path

from workflows.views import html, preview, published, publishing, uploads, workflows

HOME = "apps/<slug:slug>/workflows/"
WORKFLOW = f"{HOME}<slug:workflow>/"
STEP = f"{WORKFLOW}<slug:step>/"

# /apps/<slug>/workflows/?workflow=…&step=…
home_urls = [
    path(HOME, workflows.tab, name="workflows"),
    path(f"{HOME}new/", workflows.new, name="new-workflow"),
]

# …/workflows/<workflow>/
workflow_urls = [
    path(f"{WORKFLOW}runs/", workflows.runs, name="runs"),
    path(f"{WORKFLOW}runs/<slug:run>/stop/", workflows.stop_run, name="stop-run"),
    path(f"{WORKFLOW}rename/", workflows.rename, name="rename-workflow"),
    path(f"{WORKFLOW}duplicate/", workflows.duplicate, name="duplicate-workflow"),
    path(f"{WORKFLOW}delete/", workflows.delete, name="delete-workflow"),
    path(f"{WORKFLOW}add/", workflows.add_step, name="add-step"),
    path(f"{WORKFLOW}set/<str:prop>/", workflows.set_workflow, name="set-workflow"),
]

# …/workflows/<workflow>/<step>/
step_urls = [
    path(f"{STEP}move/<slug:way>/", workflows.move_step, name="move-step"),
    path(f"{STEP}duplicate/", workflows.duplicate_step, name="duplicate-step"),
    path(f"{STEP}delete/", workflows.delete_step, name="delete-step"),
    path(f"{STEP}set/<str:prop>/", workflows.set_step, name="set-step"),
]

# /preview/<slug>/
preview_urls = [
    path("preview/<slug:slug>/", preview.preview, name="preview"),
    path("preview/<slug:slug>/<str:page>/", preview.preview, name="preview"),
]

# An author's own HTML, on the canvas and in preview
html_urls = [
    path("apps/<slug:slug>/design/<slug:page>/canvas/html/<slug:element>/", html.drafted, name="html-drafted"),
]

# /apps/<slug>/publish/
PUBLISH = "apps/<slug:slug>/publish/"
publish_urls = [
    path(PUBLISH, publishing.dialog, name="publish"),
    path("apps/<slug:slug>/pass/", publishing.give_pass, name="pass"),
    path(f"{PUBLISH}fix/", publishing.fix, name="publish-fix"),
    path(f"{PUBLISH}roll-back/<slug:release>/", publishing.roll_back, name="roll-back"),
    path(f"{PUBLISH}unpublish/", publishing.unpublish, name="unpublish"),
]

# /new-file
upload_urls = [
    path("new-file", uploads.ask, name="ask-upload"),
    path("new-file/<str:token>", uploads.send, name="upload"),
]

urlpatterns = upload_urls + home_urls + workflow_urls + step_urls + preview_urls + html_urls + publish_urls

# On the origin of published apps: /<slug>/, /files/<key>/<name> and /frames/…
published_urls = [
    path("", published.outside),
    *upload_urls,
    path("<slug:slug>/", published.page, name="published"),
    path("<slug:slug>/<slug:path>/", published.page, name="published"),
    path("<slug:slug>/look/<slug:release>/<slug:page>/<slug:name>.css", published.look, name="published-look"),
    path("files/<slug:key>/<str:name>", published.file, name="published-file"),
    path("frames/<slug:slug>/<slug:release>/<slug:page>/<slug:element>/", html.released, name="html"),
    path("frames/<str:word>", html.draft, name="html-draft"),
]

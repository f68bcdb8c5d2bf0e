"""URLs of accounts, the list of apps, and the editor's shell."""

from django.urls import path

from builder.views import (
    accounts,
    apps,
    changes,
    commands,
    compose,
    design,
    fixes,
    look,
    play,
    settings,
    shell,
    styles,
)

# / and /apps/
home_urls = [
    path("", apps.app_list, name="apps"),
    path("apps/new/", apps.new_app, name="new-app"),
    path("apps/new/address/", apps.address, name="address"),
    path("apps/<slug:slug>/delete/", apps.delete_app, name="delete-app"),
]

# /sign-in/, /sign-out/, /sign-up/, /link/, /join/, /me/, /password/
account_urls = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("sign-up/", accounts.sign_up, name="sign-up"),
    path("link/<str:token>/", accounts.link, name="link"),
    path("join/<str:token>/", accounts.join, name="join"),
    path("me/keys/", accounts.single_keys, name="single-keys"),
    path("password/", accounts.PasswordReset.as_view(), name="password"),
    path("password/sent/", accounts.password_sent, name="password-sent"),
    path("password/<str:uidb64>/<str:token>/", accounts.NewPassword.as_view(), name="password-new"),
]

# /apps/<slug>/
app_urls = [
    path("apps/<slug:slug>/styles/", styles.styles_tab, name="styles"),
    path("apps/<slug:slug>/styles/parts/", styles.parts, name="styles-parts"),
    path("apps/<slug:slug>/styles/gestures/", styles.gesture, name="styles-gestures"),
    path("apps/<slug:slug>/styles/sample/", styles.sample, name="styles-sample"),
    path("apps/<slug:slug>/styles/look/<slug:name>.css", styles.look, name="styles-look"),
    path("apps/<slug:slug>/settings/", settings.settings_tab, name="settings"),
    path("apps/<slug:slug>/settings/<slug:section>/", settings.settings_tab, name="settings"),
    path("apps/<slug:slug>/settings/<slug:section>/<slug:what>/", settings.setting, name="setting"),
    path("apps/<slug:slug>/logs/", shell.promise, {"tab": "logs"}, name="logs"),
]

# /apps/<slug>/design/
design_urls = [
    path("apps/<slug:slug>/design/", design.design, name="design"),
    path("apps/<slug:slug>/design/<slug:page>/", design.design, name="design"),
    path("apps/<slug:slug>/design/<slug:page>/canvas/", design.canvas, name="canvas"),
    path("apps/<slug:slug>/design/<slug:page>/look/<slug:name>.css", look.look, name="look"),
    path("apps/<slug:slug>/design/<slug:page>/parts/", design.parts, name="design-parts"),
    path("apps/<slug:slug>/design/<slug:page>/places/", design.places, name="places"),
    path("apps/<slug:slug>/design/<slug:page>/play/", play.play, name="design-play"),
    path("apps/<slug:slug>/design/<slug:page>/gestures/", design.gesture, name="gestures"),
]

# /apps/<slug>/changes/, undo/, redo/, history/, fix/, commands/, compose/
journal_urls = [
    path("apps/<slug:slug>/changes/", changes.perform, name="changes"),
    path("apps/<slug:slug>/undo/", changes.undo, name="undo"),
    path("apps/<slug:slug>/redo/", changes.redo, name="redo"),
    path("apps/<slug:slug>/history/", changes.history, name="history"),
    path("apps/<slug:slug>/fix/", fixes.fix, name="fix"),
    path("apps/<slug:slug>/commands/", commands.commands, name="commands"),
    path("apps/<slug:slug>/compose/", compose.compose, name="compose"),
]

urlpatterns = home_urls + account_urls + app_urls + design_urls + journal_urls

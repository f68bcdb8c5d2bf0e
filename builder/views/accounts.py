"""Signing in and out: passwords, one-time links, new accounts and forgotten passwords."""

import time
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import login, logout, views
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_encode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.access import person
from builder.errors import Invalid, Refused
from builder.forms import PasswordResetForm, SetPasswordForm, SignInForm, SignUpForm
from builder.models import User
from builder.people import invitations, sign_in_link
from builder.sections.sign_up import sign_up_is_open
from builder.tabs import tabs
from builder.views.reading import json_object

BACKEND = "django.contrib.auth.backends.ModelBackend"
# The rate limit of requests such as sign-ups, and its window in seconds: the same as for password attempts.
TRIES, WITHIN = settings.AXES_FAILURE_LIMIT, int(settings.AXES_COOLOFF_TIME * 3600)


class TooMany(Refused):
    code = "too_many"
    status = 429
    sentence = "Too many tries. Wait {minutes} minutes and try again."


class SignUpClosed(Refused):
    code = "sign_up_closed"
    status = 403
    sentence = "New accounts are closed on this server."
    todo = "Ask whoever runs it for one."


class SignIn(views.LoginView):
    """E-mail address and password. After five failed attempts from one place, the account is locked for that place."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Failed attempts in the future were made before the clock was set back, and would lock the account until then.
        AccessAttempt.objects.filter(attempt_time__gt=timezone.now() + timedelta(seconds=WITHIN)).delete()
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sign_up=_may_sign_up(self.request), **kwargs)


def locked_out(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """The response of django-axes after too many attempts, right or wrong: the form again, and how long to wait."""
    error = TooMany(minutes=WITHIN // 60)
    context = {"form": SignInForm(request), "locked": error.sentence, "sign_up": _may_sign_up(request)}
    page = render(request, "accounts/sign_in.html", context, status=error.status)
    page["Retry-After"] = str(WITHIN)
    return page


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(_next(request, settings.LOGOUT_REDIRECT_URL))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Create an account, if the server allows it; the very first one, its owner's, only from this machine."""
    if not _may_sign_up(request):
        raise SignUpClosed
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _count("sign-up", request)
        with transaction.atomic():
            if not _may_sign_up(request):
                raise SignUpClosed
            is_owner = not User.objects.exists() and sign_in_link.is_local(request)
            user = User.objects.create_user(**form.cleaned_data, is_server_owner=is_owner)
        login(request, user, BACKEND)
        return redirect(_next(request))
    return render(request, "accounts/sign_up.html", {"form": form})


def _next(request: HttpRequest, otherwise: str = settings.LOGIN_REDIRECT_URL) -> str:
    """The local URL to continue at after signing in, by default the list of apps."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_ours else otherwise


def _may_sign_up(request: HttpRequest) -> bool:
    return sign_up_is_open() or (sign_in_link.is_local(request) and not User.objects.exists())


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link shows a button; only the button signs in, so that software that prefetches links does not use it
    up. Invited people then choose a password."""
    sign_in_link.check_may_come(request, token)
    if request.method == "POST":
        used = sign_in_link.use(token)
        login(request, used.user, BACKEND)
        return redirect(_choose_password(used.user) if used.is_invitation else settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/link.html", {"link": sign_in_link.look_up(token)})


def _choose_password(user: User) -> str:
    """The page for choosing a password, as opened by a reset link for this person."""
    whose = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("password-new", args=[whose, default_token_generator.make_token(user)])


class PasswordReset(views.PasswordResetView):
    """Sends a link for a new password. The response is the same whether the account exists or not."""

    template_name = "accounts/password.html"
    email_template_name = "accounts/password_mail.txt"
    subject_template_name = "accounts/password_subject.txt"
    form_class = PasswordResetForm
    success_url = reverse_lazy("password-sent")

    def form_valid(self, form: Any) -> HttpResponse:
        _count("password", self.request, form.cleaned_data["email"].lower())
        return super().form_valid(form)


@require_GET
def password_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/password_sent.html", {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600})


class NewPassword(views.PasswordResetConfirmView):
    """The page that a reset link opens: once, within an hour."""

    template_name = "accounts/password_new.html"
    form_class = SetPasswordForm
    post_reset_login = True
    post_reset_login_backend = BACKEND
    success_url = settings.LOGIN_REDIRECT_URL


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation to an app describes what it is for; only the button joins. Anybody it is not for can sign out
    there."""
    if request.method == "POST":
        app = invitations.accept(token, person(request))
        return redirect(tabs["design"].url(app, None))
    invitation = invitations.look_up(token)
    context = {"invitation": invitation, "sign_up": _may_sign_up(request)}
    try:
        if request.user.is_authenticated:
            invitations.check_is_for(invitation, person(request))
    except invitations.ForSomebodyElse as error:
        return render(request, "accounts/join_other.html", {"error": error}, status=error.status)
    return render(request, "accounts/join.html", context)


@require_POST
def single_keys(request: HttpRequest) -> JsonResponse:
    """Store whether single-letter keys do anything: `{"single_keys": false}`."""
    who = person(request)
    match json_object(request):
        case {"single_keys": bool(wanted)}:
            who.single_keys = wanted
        case _:
            raise Invalid
    who.save(update_fields=["single_keys"])
    return JsonResponse({"ok": True})


def _count(what: str, request: HttpRequest, whom: str = "") -> None:
    """Count one request of a kind from one place for one account; raise `TooMany` beyond the limit."""
    key, now = f"{what}:{request.META.get('REMOTE_ADDR')}:{whom}", time.monotonic()
    began = cache.get_or_set(key, now, WITHIN)
    if not 0 <= now - began < WITHIN:  # The cache forgets by the clock on the wall, which may have been set back.
        cache.set(key, began := now, WITHIN)
    counted = f"{key}:{began}"
    cache.add(counted, 0, WITHIN)
    if cache.incr(counted) > TRIES:
        raise TooMany(minutes=WITHIN // 60)

"""Credentials are sealed to their origin (S4), captures can be replayed (S19)."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import F

from builder.document import body, node
from builder.edition import DEVELOPMENT, LIVE, Edition
from builder.models import App
from connector import models
from connector.calls import secrets_of
from connector.models import CAPTURE_MOST, CallFile, Capture, Credential, first_bytes
from connector.sending.auth_errors import SecretElsewhere, SecretUnreadable

KEY = "sk-live-0123456789abcdefghij"
ORIGIN = "https://api.acme.example:443"


@pytest.fixture
def app(ada):
    return App.objects.create(name="Juniper", slug="juniper", owner=ada)


def kept(app, **changes):
    facts = {"api": "ai_1", "name": "bearer", "secrets": {"token": KEY}, "origin": ORIGIN} | changes
    return Credential.keep(app, **facts)


def test_s4_a_credential_opens_for_its_origin_only(app):
    credential = kept(app)
    assert credential.open_for(ORIGIN) == {"token": KEY}
    for other in ("http://api.acme.example:443", "https://api.acme.example:444", "https://evil.example:443", ""):
        with pytest.raises(SecretElsewhere):
            credential.open_for(other)


def test_s4_a_row_whose_origin_or_app_was_changed_does_not_open(app, ada):
    credential = kept(app)
    Credential.objects.update(origin="https://evil.example:443")
    credential.refresh_from_db()
    with pytest.raises(SecretUnreadable):
        credential.open_for("https://evil.example:443")
    other = kept(App.objects.create(name="Other", slug="other", owner=ada), api="ai_2")
    other.sealed = bytes(kept(app).sealed)
    with pytest.raises(SecretUnreadable):
        other.open_for(ORIGIN)


def test_s4_nothing_shows_a_credential_but_the_last_four(app):
    credential = Credential.objects.get(pk=kept(app).pk)
    shown = f"{credential!r} {credential} {vars(credential)}"
    assert KEY not in shown and KEY[:8] not in shown
    assert credential.hints == {"token": "ghij"}


def test_saving_again_replaces_and_development_has_its_own(app):
    kept(app, secrets={"token": "old" * 10})
    live = kept(app)
    assert Credential.objects.count() == 1
    assert Credential.of(app, "ai_1", "bearer", "dev") == live
    own = kept(app, environment="dev")
    assert Credential.of(app, "ai_1", "bearer", "dev") == own
    assert Credential.of(app, "ai_1", "bearer", "live") == live
    assert Credential.of(app, "ai_2", "bearer") is None


def test_secrets_are_sealed_anew_with_the_newest_key(app, settings, capsys):
    settings.VAULT_KEYS = ["a1" * 32]
    credential, lost = kept(app), kept(app, api="ai_2")
    Credential.objects.filter(pk=lost.pk).update(sealed=b"rubbish")
    settings.VAULT_KEYS = ["b2" * 32, "a1" * 32]
    call_command("rotate_secrets")
    settings.VAULT_KEYS = ["b2" * 32]
    credential.refresh_from_db()
    assert credential.open_for(ORIGIN) == {"token": KEY}
    said = capsys.readouterr()
    assert "1 secrets" in said.out and "ai_2" in said.err


READS = [(0.0123, b"data: 1\n\n"), (0.05, b"data: "), (0.052, b"2\n\n")]


def test_s19_a_capture_gives_back_bytes_and_times(app):
    capture = Capture.keep(
        app, "ai_1", "ca_1", READS, status=200, content_type="text/event-stream", frames=2, ended="close"
    )
    again = Capture.objects.get(pk=capture.pk)
    assert again.reads() == [(0.012, b"data: 1\n\n"), (0.05, b"data: "), (0.052, b"2\n\n")]
    assert (again.size, again.seconds, again.cut, again.frames) == (18, 0.052, False, 2)


async def test_s19_a_capture_replays_at_its_own_speed_or_faster(app):
    capture = Capture(body=b"ab", times=b"".join(n.to_bytes(4, "little") for n in (100, 1, 300, 1)))
    for speed, due in ((1, (0.1, 0.3)), (4, (0.025, 0.075))):
        found = [(at, data) async for at, data in capture.replay(speed)]
        assert [data for _, data in found] == [b"a", b"b"]
        assert all(0 <= at - wanted < 0.08 for (at, _), wanted in zip(found, due, strict=True))


async def test_s12_a_replay_waits_no_longer_than_a_call_would(app, monkeypatch):
    monkeypatch.setattr(models, "SILENCE", 0.1)
    day = 24 * 3600 * 1000
    capture = Capture(body=b"ab", times=b"".join(n.to_bytes(4, "little") for n in (50, 1, day, 1)))
    found = [at async for at, _ in capture.replay()]
    assert 0.15 <= found[1] < 5


def test_p24_what_a_service_repeats_of_the_key_is_masked_before_it_is_stored(app):
    half = len(KEY) // 2
    reads = [(0.1, f'{{"error": "bad key {KEY[:half]}'.encode()), (0.2, f'{KEY[half:]}"}}'.encode())]
    capture = Capture.keep(app, "ai_1", "ca_1", reads, [KEY], headers=[("X-Echo", f"key={KEY}"), ("X-Ok", "1")])
    assert KEY.encode() not in bytes(capture.body) and KEY not in str(capture.headers)
    assert [len(data) for _, data in capture.reads()] == [len(data) for _, data in reads]


def test_p11_a_capture_keeps_the_first_16_mb(app):
    piece = b"x" * 2**20
    capture = Capture.keep(app, "ai_1", "ca_1", [(n / 10, piece) for n in range(17)])
    assert len(capture.body) == CAPTURE_MOST and capture.cut and capture.size == 17 * 2**20
    assert first_bytes([(0, b"abc"), (1, b"def")], 4) == [(0, b"abc"), (1, b"d")]


def test_the_oldest_captures_of_an_app_make_way_but_those_pinned_in_use_or_just_read(app, settings):
    settings.KEPT_MOST = 100
    first, pinned, old, newer = (Capture.keep(app, f"ai_{n}", "ca_1", [(0.1, b"x" * 30)]).pk for n in range(4))
    assert set(app.captures.values_list("pk", flat=True)) == {pinned, old, newer} - {first}  # 120 bytes are too many
    Capture.objects.filter(pk=pinned).update(pinned=True)
    call = node("call", "Ask", {"initialized": {"capture": newer}})
    nodes = {"ai_9": node("api", "Acme", {}, calls=["ca_9"]), "ca_9": call}
    app.documents.create(kind="api", key="ai_9", body=body("ai_9", nodes))
    last = Capture.keep(app, "ai_1", "ca_1", [(0.1, b"x" * 90)]).pk
    assert set(app.captures.values_list("pk", flat=True)) == {pinned, newer, last}


def test_the_last_20_of_a_call_are_kept_and_the_pinned_ones(app):
    pinned = Capture.keep(app, "ai_1", "ca_1", READS, pinned=True)
    other = Capture.keep(app, "ai_1", "ca_2", READS)
    made = [Capture.keep(app, "ai_1", "ca_1", READS).pk for _ in range(20 + 2)]
    left = set(Capture.objects.values_list("pk", flat=True))
    assert left == {pinned.pk, other.pk, *made[2:]}


def test_S41_the_live_app_never_has_the_secrets_of_development(app):
    api = body("ai_1", {"ai_1": node("api", "Acme", {"auth": {"scheme": "bearer", "options": {}}})})
    kept(app, secrets={"token": "sk-dev-0123456789abcdefghij"}, environment="dev")
    assert secrets_of(Edition(app, LIVE), api) is None
    kept(app)
    assert secrets_of(Edition(app, LIVE), api)(ORIGIN) == {"token": KEY}
    assert secrets_of(Edition(app, DEVELOPMENT), api)(ORIGIN) == {"token": "sk-dev-0123456789abcdefghij"}


def test_S41_files_of_development_and_of_the_live_app_are_apart(app, monkeypatch):
    monkeypatch.setattr("connector.models.ANSWERS_KEPT", 2)
    for environment in (DEVELOPMENT, LIVE, LIVE):
        CallFile.keep(app, "leaf.png", "image/png", b"x", "ai_1", "ca_1", environment)
    kept = [CallFile.keep(app, "new.png", "image/png", b"x", "ai_1", "ca_1", LIVE) for _ in range(2)]
    CallFile.objects.update(made=F("made") - timedelta(days=2))
    assert CallFile.sweep(app) == 2
    assert set(CallFile.objects.filter(environment=LIVE)) == set(kept), "of each environment the newest stay"
    assert CallFile.objects.filter(environment=DEVELOPMENT).count() == 1


def test_a_file_has_one_address_wherever_its_app_is_found(app):
    for environment in (DEVELOPMENT, LIVE):
        file = CallFile.keep(app, "leaf.png", "image/png", b"x", "ai_1", "ca_1", environment)
        assert file.address == f"/files/{file.pk}/leaf.png"

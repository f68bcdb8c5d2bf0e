"""DATABASE_URL: PostgreSQL by one word, and nonsense is refused without saying the password."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from streamwright import databases


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("postgres://ada:se%3Acret@db.example:5433/juniper", ("ada", "se:cret", "db.example", "5433", "juniper")),
        ("postgresql://ada@db.example/juniper", ("ada", "", "db.example", "", "juniper")),
        ("postgres:///juniper?host=/run/postgresql", ("", "", "", "", "juniper")),
        ("postgres://ada@[2001:db8::1]:5433/juniper", ("ada", "", "2001:db8::1", "5433", "juniper")),
    ],
    ids=["whole", "short", "a socket", "IPv6"],
)
def test_a_database_is_named_by_its_address(url: str, found: tuple[str, ...]) -> None:
    said = databases.postgresql(url)
    assert tuple(said[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")) == found
    assert said["ENGINE"] == "django.db.backends.postgresql" and said["OPTIONS"]["connect_timeout"] <= 5
    assert said["CONN_HEALTH_CHECKS"], "a connection that was cut fails nobody"


def test_what_stands_behind_the_question_mark_goes_to_libpq() -> None:
    said = databases.postgresql("postgres://ada@db/juniper?sslmode=require&connect_timeout=2")
    assert said["OPTIONS"] == {"sslmode": "require", "connect_timeout": "2"}


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a:s3cret@db/x",
        "postgres://a:s3cret@db",
        "postgres://a:s3cret@db/x/y",
        "postgres://a:s3cret@db:no/x",
        "s3cret",
    ],
    ids=["another kind", "no name", "a path", "no port", "no address"],
)
def test_what_is_no_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is postgres://user:password@host") as refused:
        databases.postgresql(url)
    assert "s3cret" not in str(refused.value) and refused.value.__cause__ is None


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_backup_of_PostgreSQL_is_made_by_PostgreSQL(settings, command: str) -> None:
    settings.DATABASE_URL = "postgres://ada@db/juniper"
    with pytest.raises(CommandError, match="pg_dump"):
        call_command(command, "some.tar.gz")

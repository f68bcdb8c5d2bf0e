"""The Dockerfile, read: there is no engine here to build it. Its steps name what exists, and it ships no more than it needs."""

import json
import re
import shlex

import pytest
from django.core.management import get_commands

from streamwright.probes import PROBES
from tests.house import ROOT, text
from tests.house.test_documentation import settings_documented

# One instruction each, with its lines put together.
STEPS = [
    tuple(line.split(maxsplit=1))
    for line in re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text("Dockerfile"), flags=re.M)).splitlines()
    if line
]


def of(instruction: str) -> list[str]:
    return [words for name, words in STEPS if name == instruction]


def last(instruction: str) -> str:
    return of(instruction)[-1]


def copied() -> list[str]:
    """What is taken from this folder."""
    return [name for words in of("COPY") if not words.startswith("--from") for name in words.split()[:-1]]


def test_it_takes_what_is_there_and_what_is_not_ignored() -> None:
    assert [name for name in copied() if not (ROOT / name).exists()] == []
    let_in = {line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")}
    assert set(copied()) == let_in
    assert "*" in text(".dockerignore").splitlines(), "all else stays out, the home with its keys before all"


def test_a_stage_takes_from_a_stage_before_it() -> None:
    stages = [words.split(" AS ")[1] for words in of("FROM") if " AS " in words]
    assert set(re.findall(r"--from=(\w+)", text("Dockerfile"))) <= set(stages)


def test_every_app_is_in_it() -> None:
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps and apps <= set(copied())


def test_packages_are_installed_by_their_hashes_and_none_of_those_for_tests() -> None:
    [pip] = [run for run in of("RUN") if "pip install" in run]
    assert "--require-hashes" in pip and "-r requirements.lock" in pip
    [npm] = [run for run in of("RUN") if "npm" in run]
    assert {"npm", "ci", "--omit=dev", "--ignore-scripts"} <= set(shlex.split(npm))
    assert "requirements-test" not in text("Dockerfile")


def test_every_command_is_one_of_ours() -> None:
    commands = re.findall(r"python manage\.py (\w+)", text("Dockerfile"))
    assert {"collectstatic", "migrate", "seed", "serve"} == set(commands)
    assert set(commands) <= get_commands().keys()


def test_its_process_gets_the_signals_and_nobody_is_root() -> None:
    command = json.loads(last("CMD"))
    assert command[:2] == ["sh", "-c"] and "exec python manage.py serve --host 0.0.0.0" in command[2]
    assert last("USER") not in ("root", "0") and [name for name, _ in STEPS].index("USER") < len(STEPS) - 1
    assert "useradd" in last("RUN") and last("USER") in last("RUN")
    assert last("STOPSIGNAL") == "SIGTERM"


def test_its_home_is_the_volume_and_what_is_collected_is_not_hidden_by_it() -> None:
    environment = dict(pair.split("=", 1) for words in of("ENV") for pair in shlex.split(words))
    assert environment["STREAMWRIGHT_HOME"] == last("VOLUME")
    assert environment["PORT"] == last("EXPOSE")
    collected = environment["STATIC_ROOT"]
    assert not collected.startswith(last("VOLUME"))
    assert any(f"STATIC_ROOT={collected}" in run for run in of("RUN"))
    assert set(environment) - {"PATH", "PYTHONUNBUFFERED"} <= settings_documented()


def test_its_health_is_a_probe() -> None:
    check = last("HEALTHCHECK").partition(" CMD ")[2]
    arguments = json.loads(check)
    compile(arguments[2], "HEALTHCHECK", "exec")
    assert any(f"'{path}'" in arguments[2] for path in PROBES)


@pytest.mark.parametrize("instruction", ["ADD", "ONBUILD", "SHELL"])
def test_it_does_nothing_surprising(instruction: str) -> None:
    assert of(instruction) == []


def test_no_key_is_in_it() -> None:
    assert not re.search(r"SECRET_KEY|VAULT_KEY|METRICS_TOKEN", text("Dockerfile"))

"""Every action keeps the contract of its registry: a new file in an app's `actions` is tested by being there."""

import asyncio
import json
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings

from builder.bindings import Bindable
from builder.document import node
from builder.errors import StreamwrightError
from builder.expressions.catalog import Catalog, Place
from builder.expressions.shape import check
from builder.kinds import kinds
from builder.placed import PlacedChoice
from workflows.actions import Action, actions, prop_of
from workflows.errors import StepFailed
from workflows.plan import plan
from workflows.runner import Run
from workflows.starters.demo import Demo
from workflows.starters.written import workflow
from workflows.views.here import Here
from workflows.views.panel import step_panel

ICONS = set(re.findall(r'id="i-([a-z-]+)"', (Path(settings.BASE_DIR) / "static/icons.svg").read_text()))


@pytest.fixture(params=actions)
def action(request):
    return actions[request.param]


@pytest.fixture
def document(action):
    """A workflow of the demo app whose one step is this action's example."""
    return workflow(
        "wf_test01", "", "pg_chat01", "page_loaded", None, {"sp_test01": node(action.name, "", action.example)}
    )


@pytest.fixture
def catalog(document):
    found = [(kind, body["root"], body) for kind, body in Demo().documents()]
    return Catalog([*found, ("workflow", "wf_test01", document)])


@pytest.fixture
def place(catalog):
    return Place.of_workflow(catalog, "wf_test01", "sp_test01")


class Host:
    """Whoever does the work of the steps: says what it was asked to do, and answers as the test wants."""

    def __init__(self, answer):
        self.answer, self.asked, self.inside = answer, [], 0

    def __getattr__(self, name):
        def asked(*args):
            self.asked.append((name, args))
            return self.answer(self)

        return asked


class Scope:
    """A scope in which every value is what it says."""

    def for_step(self, results):
        return self

    async def evaluate(self, value):
        return value


def _run(document, catalog, host):
    return Run("ru_test01", document, plan(document, catalog), host, Scope())


class Awaitable:
    """What a host gives back at once, whether the action waits for it or not."""

    def __await__(self):
        return iter(())


def test_it_is_named_drawn_and_documented(action):
    assert action.label and action.label[0].isupper() and action.group
    assert action.icon in ICONS
    assert sys.modules[type(action).__module__].__doc__ and type(action).run is not Action.run


def test_its_example_can_be_stored(action, document):
    check(action.example)
    assert kinds["workflow"].problems(document) == []
    assert json.loads(json.dumps(action.example)) == action.example


def test_what_its_example_lacks_is_said_in_sentences_that_say_what_to_do(action, place):
    for prop, sentence in action.problems(node(action.name, "", {}), place):
        assert prop and sentence.endswith(".") and "Choose" in sentence


def test_its_options_form_is_built_at_a_place(action, place):
    form = action.options(node(action.name, "", action.example), place)(data={}, place=place)
    for name, field in form.fields.items():
        assert field.label, f"{name} has no label"
        assert len(str(field.help_text)) <= 70, f"the hint of {name} is too long"
        assert isinstance(field, Bindable | PlacedChoice), f"{name} is neither chosen nor bindable"
    assert form.is_valid(), "an option that is not filled in is an issue, not an error of the form"


def test_every_option_of_its_example_is_in_its_form(action, place):
    """Or inside an object whose fields the form asks for one by one."""
    names = action.options(node(action.name, "", action.example), place).base_fields
    for name, value in action.example.items():
        assert name in names or isinstance(value, dict)
        assert prop_of(action.example, name) == value


def test_it_has_a_title_and_a_panel(action, catalog, document):
    step = document["nodes"]["sp_test01"]
    assert action.title(step, Place.of_workflow(catalog, "wf_test01", "sp_test01"))

    class App:
        slug = "juniper"

    panel = step_panel(Here(App(), catalog, document, "sp_test01"))
    assert panel["title"].startswith("Step 1, ")
    assert {each["control"].prop for each in panel["controls"]} == set(
        action.options(step, Place.of_workflow(catalog, "wf_test01", "sp_test01")).base_fields
    )


async def test_its_example_runs(action, document, catalog):
    host = Host(lambda host: Awaitable())
    run = _run(document, catalog, host)
    await run.go()
    assert (run.state, len(host.asked)) == ("done", 1)


async def test_its_failure_is_a_sentence(action, document, catalog):
    def fail(host):
        raise StepFailed("The plant is not there.")

    run = _run(document, catalog, Host(fail))
    await run.go()
    assert (run.state, str(run.failure)) == ("failed", "The plant is not there.")
    assert isinstance(run.failure, StreamwrightError)
    assert run.steps["sp_test01"].reason == "The plant is not there."


async def test_a_cancelled_step_leaves_nothing_behind(action, document, catalog):
    """An action that waits is stopped while it waits; one that does not has done its work before anybody could."""
    begun = asyncio.Event()

    class Endless:
        def __init__(self, host):
            self.host = host

        def __await__(self):
            return self._wait().__await__()

        async def _wait(self):
            self.host.inside += 1
            begun.set()
            try:
                await asyncio.sleep(3600)
            finally:
                self.host.inside -= 1

    host = Host(Endless)
    run = _run(document, catalog, host)
    going = asyncio.create_task(run.go())
    for _ in range(20):
        await asyncio.sleep(0)
    run.stop()
    await going
    assert run.state == ("stopped" if begun.is_set() else "done")
    assert host.inside == 0
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []

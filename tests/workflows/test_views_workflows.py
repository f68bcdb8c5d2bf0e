"""The Workflows tab over HTTP: who may, what each gesture changes, what is said, and what is drawn after it."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from builder.starters import starters
from workflows.live.sweeping import sweep
from workflows.models import Run

SEND = ["juniper", "wf_send01"]
ASK = [*SEND, "sp_ask001"]
GESTURES = [
    ("new-workflow", ["juniper"]),
    ("rename-workflow", SEND),
    ("duplicate-workflow", SEND),
    ("delete-workflow", SEND),
    ("add-step", SEND),
    ("stop-run", [*SEND, "ru_some1"]),
    ("set-workflow", [*SEND, "repeat"]),
    ("move-step", [*ASK, "up"]),
    ("duplicate-step", ASK),
    ("delete-step", ASK),
    ("set-step", [*ASK, "finishes"]),
]


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


@pytest.fixture
def tab(app, ada_client):
    return Tab(app, ada_client)


class Tab:
    """The tab as the page of a signed-in person uses it: every request is htmx's."""

    def __init__(self, app, client):
        self.app, self.client = app, client
        self.url = reverse("workflows", args=["juniper"]) + "?workflow=wf_send01&step=sp_ask001"

    def get(self, view, args, **query):
        return self.client.get(reverse(view, args=args), query, **self._headers())

    def post(self, view, args, **said):
        return self.client.post(reverse(view, args=args), said, **self._headers())

    def _headers(self):
        return {"headers": {"HX-Request": "true", "HX-Current-URL": f"http://testserver{self.url}"}}

    def body(self, key="wf_send01"):
        return self.app.documents.get(kind="workflow", key=key).body

    def props(self, key="sp_ask001"):
        return self.body()["nodes"][key]["props"]

    def steps(self):
        return self.body()["nodes"]["wf_send01"]["slots"]["steps"]


def _triggers(answer):
    return json.loads(answer["HX-Trigger-After-Settle"])


def test_it_works(app, ada_client):
    answer = ada_client.get(reverse("workflows", args=["juniper"]), {"workflow": "wf_send01", "step": "sp_ask001"})
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "On page chat",
        "When Send is clicked",
        "Finishes when the first data arrives",
        "Waits for the full text",
        "This step finishes",
        "model is private, so it is not set here.",
        f'href="{reverse("connector", args=["juniper", "ai_pract1", "ca_ask001"])}">Open the call</a>',
        "Later steps can use",
        "Reply › text so far",
        "while it streams",
        "Input tokens, Output tokens",
    ):
        assert words in page
    assert " style=" not in page


@pytest.mark.parametrize(("name", "args"), [("workflows", ["juniper"]), ("runs", SEND)])
def test_P27_somebody_else_sees_nothing(app, cy_client, name, args):
    assert cy_client.get(reverse(name, args=args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), GESTURES)
def test_P27_somebody_else_changes_nothing(app, cy_client, name, args):
    before = list(app.documents.values_list("body", flat=True))
    assert cy_client.post(reverse(name, args=args), {"finishes": "end", "event": "clicked"}).status_code == 404
    assert list(app.documents.values_list("body", flat=True)) == before


@pytest.mark.parametrize(("name", "args"), GESTURES)
def test_a_gesture_is_a_post_and_wants_its_workflow(tab, name, args):
    assert tab.get(name, args).status_code == 405
    gone = [arg.replace("wf_send01", "wf_gone00") for arg in args]
    if gone != args:
        assert tab.post(name, gone, finishes="end").status_code == 404


def test_without_a_workflow_in_its_address_the_first_of_the_page_is_shown(tab):
    answer = tab.client.get(reverse("workflows", args=["juniper"]))
    assert answer.context["here"].workflow["root"] == "wf_send01"


@pytest.mark.parametrize("query", [{"workflow": "wf_gone00"}, {"workflow": "wf_send01", "step": "sp_gone00"}])
def test_what_an_address_names_and_is_gone_falls_back(tab, query):
    answer = tab.client.get(reverse("workflows", args=["juniper"]), query)
    assert answer.status_code == 200 and not answer.context["here"].step


def test_an_app_without_workflows_says_how_to_begin(ada, ada_client):
    starters["blank"].make(ada, "Empty", "empty")
    page = ada_client.get(reverse("workflows", args=["empty"])).content.decode()
    assert "No workflow yet" in page and "An element is clicked" in page


def test_a_new_workflow_is_looked_at_and_its_element_gets_the_focus(tab):
    answer = tab.post("new-workflow", ["juniper"], event="clicked", page="pg_ticker")
    key = answer.context["here"].workflow["root"]
    assert tab.body(key)["nodes"][key]["props"]["page"] == "pg_ticker"
    assert answer["HX-Push-Url"].endswith(f"?workflow={key}")
    assert _triggers(answer)["sw-focus"] == {"on": "event-options"}
    assert "Choose the element of this event." in answer.content.decode()


def test_a_gesture_is_one_entry_and_says_what_undo_would_do(tab):
    answer = tab.post("add-step", SEND, action="hide", index="1")
    assert tab.app.entries.count() == 1
    assert _triggers(answer)["sw-changed"] == {
        "verb": "changes",
        "drawn": True,
        "undo": "Add step Hide an element",
        "redo": "",
    }
    assert tab.steps()[1] == answer.context["here"].step


def test_each_call_is_offered_as_a_step_of_its_own_after_the_general_one(tab):
    """S1"""
    page = tab.get("workflows", ["juniper"]).content.decode()
    assert page.index(">Call an API<") < page.index(">Practice - Ask the model<")
    assert 'data-action="call_api" data-choice="ai_pract1/ca_ask001"' in page
    # A call that is used as data is no step.
    assert "ai_pract1/ca_ticker" not in page
    tab.post("add-step", SEND, action="call_api", choice="ai_pract1/ca_ask001", index="end")
    assert tab.props(tab.steps()[-1]) == {"call": "ai_pract1/ca_ask001"}


def test_without_an_index_a_step_goes_to_the_end(tab):
    answer = tab.post("add-step", SEND, action="hide", index="end")
    assert tab.steps()[-1] == answer.context["here"].step


def test_a_move_keeps_the_focus_and_says_where_the_step_is(tab):
    answer = tab.post("move-step", [*ASK, "up"])
    assert tab.steps() == ["sp_save01", "sp_ask001", "sp_reset1", "sp_keep01"]
    assert _triggers(answer)["sw-focus"] == {"on": "card-sp_ask001"}
    assert "Ask the model is now step 2, after Create a Message" in answer.content.decode()


def test_a_move_that_cannot_be_is_said_and_no_entry(tab):
    answer = tab.post("move-step", [*SEND, "sp_save01", "up"])
    assert "is already the first step." in answer.content.decode()
    assert tab.app.entries.count() == 0 and "sw-changed" not in _triggers(answer)


def test_a_deleted_step_can_be_had_back(tab):
    answer = tab.post("delete-step", ASK)
    assert "Ask the model is deleted." in answer.content.decode() and "sw-undo" in answer.content.decode()
    assert "sp_ask001" not in tab.steps()
    tab.client.post(reverse("undo", args=["juniper"]), content_type="application/json")
    assert tab.steps()[2] == "sp_ask001"


def test_a_step_whose_source_was_deleted_says_so_where_it_is(tab):
    tab.post("delete-step", ASK)
    page = tab.client.get(tab.url.replace("sp_ask001", "sp_keep01")).content.decode()
    assert "chip-bad" in page and "is gone. Choose another source." in page and "To fix" in page


def test_copies(tab):
    assert tab.post("duplicate-step", ASK).context["here"].step == tab.steps()[3]
    answer = tab.post("duplicate-workflow", SEND)
    assert answer.context["here"].workflow["root"] != SEND


def test_a_deleted_workflow_gives_way_to_another_one(tab):
    answer = tab.post("delete-workflow", SEND)
    assert answer.context["here"].workflow["root"] == "wf_stop01"
    assert not tab.app.documents.filter(key="wf_send01").exists()


def test_a_renamed_workflow_is_named_so_in_the_list(tab):
    answer = tab.post("rename-workflow", SEND, name="Ask")
    assert [one["title"] for one in answer.context["groups"][0]["workflows"]] == ["Ask", "Stop is clicked"]


def test_a_value_with_dynamic_data_is_kept(tab):
    value = {"from": "element", "args": {"element": "el_quest1"}, "ops": [{"op": "is_not_empty"}]}
    answer = tab.post("set-step", [*ASK, "when"], json=json.dumps(value))
    assert tab.props()["when"] == value | {"was": "Message's value › is not empty"}
    assert "Only when Message&#x27;s value › is not empty" in answer.content.decode()
    tab.post("set-step", [*ASK, "when"], json="null")
    assert "when" not in tab.props()


def test_what_a_field_does_not_take_stays_under_it_and_is_not_stored(tab):
    before = tab.body()
    answer = tab.post("set-step", [*SEND, "sp_save01", "fields.df_body01"], json=json.dumps({"text": [{"a": 1}]}))
    assert answer.status_code == 200 and "hint-error" in answer.content.decode()
    assert tab.body() == before and tab.app.entries.count() == 0


def test_typed_text_that_a_field_does_not_take_stays_in_it(tab):
    field = {"df_size01": {"type": "field", "name": "Size", "props": {"type": "number"}, "slots": {}}}
    row = tab.app.documents.get(key="dt_messag")
    row.body["nodes"] |= field
    row.body["nodes"]["dt_messag"]["slots"]["fields"].append("df_size01")
    row.save()
    answer = tab.post("set-step", [*SEND, "sp_save01", "fields.df_size01"], json='"a lot"').content.decode()
    assert "a lot" in answer and "Enter a number." in answer
    assert "df_size01" not in tab.props("sp_save01")["fields"]


def test_a_yes_no_that_a_change_leaves_alone_says_so_and_is_left_alone_again(tab):
    stored = tab.app.documents.get(kind="data_type", key="dt_messag")
    field = {"type": "field", "name": "Seen", "props": {"type": "yes_no"}, "slots": {}}
    stored.body["nodes"] |= {"df_seen01": field}
    stored.body["nodes"]["dt_messag"]["slots"]["fields"].append("df_seen01")
    stored.save()
    tab.post("add-step", SEND, action="change_thing")
    step = tab.body()["nodes"]["wf_send01"]["slots"]["steps"][-1]

    def drawn(value):
        answer = tab.post("set-step", [*SEND, step, "fields.df_seen01"], json=json.dumps(value)).content.decode()
        return "As it is</button>" in answer, 'aria-label="As it is"' in answer, tab.props(step).get("fields")

    assert drawn(False) == (False, True, {"df_seen01": False})
    assert drawn(None) == (True, False, {})


def test_what_is_no_JSON_is_refused(tab):
    assert tab.post("set-step", [*ASK, "when"], json="{").status_code == 422


def test_a_step_that_finishes_at_its_end_is_drawn_so(tab):
    answer = tab.post("set-step", [*ASK, "finishes"], finishes="end")
    assert tab.props()["finishes"] == "end"
    assert "Finishes when the first data arrives" not in answer.content.decode()


def test_a_saving_step_after_a_stream_may_start_at_once(tab):
    """S25: only where it uses nothing final."""
    assert "This step starts" not in tab.client.get(tab.url.replace("sp_ask001", "sp_keep01")).content.decode()
    tab.post("set-step", [*SEND, "sp_keep01", "fields.df_body01"], json='"Asked"')
    assert "This step starts" in tab.client.get(tab.url.replace("sp_ask001", "sp_keep01")).content.decode()
    answer = tab.post("set-step", [*SEND, "sp_keep01", "starts"], starts="at_once")
    assert "Waits for the full text" not in answer.content.decode()


def test_what_happens_when_it_happens_again(tab):
    answer = tab.post("set-workflow", [*SEND, "repeat"], repeat="queue")
    assert tab.props("wf_send01")["repeat"] == "queue"
    assert not answer.context["here"].step
    assert "hint-error" in tab.post("set-workflow", [*SEND, "repeat"], repeat="often").content.decode()


def _run(app, **more):
    steps = [
        {"step": "sp_ask001", "state": "failed", "started": 0.03, "first": 0.6, "ended": 2.0, "frames": 9, "reason": ""}
    ]
    kept = {"workflow": "wf_send01", "visitor": "maya@juniper.garden", "state": "done", "steps": steps, "seconds": 2.1}
    return Run.objects.create(app=app, **kept | more)


def test_the_times_of_the_newest_run_stand_beside_the_steps(tab):
    _run(tab.app, started=timezone.now() - timedelta(hours=1), seconds=9)
    _run(tab.app)
    page = tab.client.get(tab.url).content.decode()
    assert "Times of the last run" in page and "0.60 s" in page and "2 in the last 24 hours" in page


def test_a_failed_run_says_at_which_step_and_why(tab):
    _run(tab.app, state="failed", reason="The service closed the connection.", visitor="")
    page = tab.client.get(tab.url).content.decode()
    assert "Step 3: The service closed the connection." in page and "guest" in page and "1 failed" in page


def test_the_strip_is_only_drawn_anew_when_a_run_has_begun_or_ended(tab):
    assert tab.get("runs", SEND, shown="").status_code == 204
    run = _run(tab.app)
    assert run.id in tab.get("runs", SEND, shown="").content.decode()
    assert tab.get("runs", SEND, shown=f"{run.id}:done").status_code == 204


def test_S41_the_runs_of_preview_are_shown_and_with_them_those_of_the_published_app_when_somebody_asks(tab):
    own = _run(tab.app, started=timezone.now() - timedelta(hours=1))
    live = _run(tab.app, environment="live", visitor="", seconds=9)
    page = tab.client.get(tab.url).content.decode()
    assert own.id in page and live.id not in page and "1 in the last 24 hours" in page
    assert "0.60 s" in page, "the times beside the steps are those of preview"
    assert tab.get("runs", SEND, shown=f"{own.id}:done").status_code == 204
    drawn = tab.get("runs", SEND, of="all").content.decode()
    assert own.id in drawn and live.id in drawn and drawn.count(">live</span>") == 1
    assert live.id in tab.client.get(tab.url).content.decode(), "until they choose again"
    assert tab.get("runs", SEND, shown=f"{live.id}:done {own.id}:done").status_code == 204
    assert live.id not in tab.get("runs", SEND, of="preview").content.decode()


def test_where_nothing_is_published_nobody_has_to_choose_whose_runs_to_see(tab):
    _run(tab.app)
    assert 'id="runs-all"' not in tab.client.get(tab.url).content.decode()


def test_a_run_that_goes_on_is_in_the_strip_and_its_end_too(tab):
    done = _run(tab.app, started=timezone.now() - timedelta(hours=1))
    run = _run(tab.app, state="running", steps=[], seconds=0, started=timezone.now() - timedelta(seconds=7))
    drawn = tab.get("runs", SEND, shown=f"{done.id}:done").content.decode()
    assert "Running" in drawn and "running after </span>7." in drawn and "dot-live" in drawn
    assert "0.60 s" in drawn, "the times beside the steps are still those of the last run that has ended"
    assert f'data-shown="{run.id}:running {done.id}:done"' in drawn
    shown = f"{run.id}:running {done.id}:done"
    assert tab.get("runs", SEND, shown=shown).status_code == 200, "its seconds go on"
    Run.objects.filter(pk=run.pk).update(state="stopped")
    assert "stopped after" in tab.get("runs", SEND, shown=shown).content.decode()


def test_S28_a_run_says_which_step_it_skipped_and_why(tab):
    skipped = {"step": "sp_ask001", "state": "skipped", "started": None, "first": None, "ended": 0.6, "frames": 0}
    _run(tab.app, steps=[skipped | {"reason": "Only when was no."}])
    page = tab.client.get(tab.url).content.decode()
    assert "Step 3 was skipped: Only when was no." in page
    assert 'title="Only when was no."' in page


def test_S24_what_a_process_left_running_has_failed_in_words(tab):
    asked = {"step": "sp_ask001", "state": "streaming", "started": 0.1, "first": 0.4, "ended": None, "frames": 9}
    run, done = _run(tab.app, state="running", steps=[asked | {"reason": ""}]), _run(tab.app)
    assert sweep() == 1
    run.refresh_from_db()
    done.refresh_from_db()
    assert (run.state, done.state) == ("failed", "done")
    assert "Step 3: It was interrupted: the server went away while it ran." in tab.client.get(tab.url).content.decode()


def test_hostile_names_stay_text(tab):
    hostile = '"><script>alert(1)</script>'
    tab.post("rename-workflow", SEND, name=hostile)
    _run(tab.app, state="failed", reason=hostile, visitor=hostile)
    page = tab.client.get(tab.url).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_S30_a_run_that_goes_on_can_be_stopped_and_one_of_another_process_cannot_and_says_so(tab):
    run = _run(tab.app, state="running", steps=[], owner="pr_other1")
    assert f'id="stop-{run.id}"' in tab.get("runs", SEND).content.decode()
    answer = tab.post("stop-run", [*SEND, run.id])
    assert answer.status_code == 409 and "another process" in answer.content.decode()
    Run.objects.update(state="done")
    drawn = tab.post("stop-run", [*SEND, run.id]).content.decode()
    assert "done after" in drawn and 'id="stop-' not in drawn


def test_who_may_only_look_sees_no_stop(tab, bo, bo_client):
    run = _run(tab.app, state="running", steps=[])
    tab.app.collaborators.create(person=bo, role="viewer")
    looks = Tab(tab.app, bo_client)
    strip = looks.get("runs", SEND).content.decode()
    assert f'id="{run.id}"' in strip and f'id="stop-{run.id}"' not in strip
    page = bo_client.get(tab.url).content.decode()
    assert f'id="{run.id}"' in page and f'id="stop-{run.id}"' not in page


def test_P27_a_run_of_another_workflow_or_app_is_not_found(tab, bo):
    other = starters["demo"].make(bo, "Other", "other")
    for run in (_run(other, state="running"), _run(tab.app, workflow="wf_other1", state="running")):
        assert tab.post("stop-run", [*SEND, run.id]).status_code == 404

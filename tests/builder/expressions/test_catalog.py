"""What can be found in an app's documents, from a place in them."""

from builder.expressions.catalog import Catalog, Place
from tests.builder.expressions.sample import PAGE, catalog


def test_nodes_are_found_by_id_wherever_they_are():
    app = catalog()
    assert app.node("sp_ask001")["name"] == "Ask the model"
    assert app.home("el_bubbl1") == ("page", "pg_chat01")
    assert app.name("st_tone01") == "tone"
    assert app.node("el_quest1", "input") and app.node("el_quest1", "group") is None
    assert app.node("el_gone00") is app.node(None) is app.node(["el_quest1"]) is None
    assert app.name("el_gone00") == ""


def test_documents_are_found_by_kind_and_key():
    app = catalog()
    assert app.body("page", "pg_chat01") is PAGE
    assert app.body("page", None) is app.body("api", "pg_chat01") is None
    assert app.bodies("page") == [PAGE]


def test_what_is_around_an_element_is_found_nearest_first():
    app = catalog()
    assert list(app.ancestors("el_bubbl1")) == ["el_list01", "pg_chat01"]
    assert app.around("el_bubbl1", "repeating_group") == ["el_list01"]
    assert app.around("el_list01", "repeating_group") == []
    assert app.around(None, "group") == []


def test_a_page_knows_its_elements_states_and_workflows():
    app = catalog()
    assert app.elements("pg_chat01") == ["el_quest1", "el_list01", "el_bubbl1", "el_reply1", "el_group1", "el_inner1"]
    assert app.states("pg_chat01") == ["st_tone01", "st_tags01"]
    assert app.by_name("pg_chat01", "Reply to it") == "el_reply1"
    assert app.workflows("pg_chat01") == app.workflows() == ["wf_send01"]
    assert app.workflows("pg_other1") == app.elements("pg_other1") == app.states(None) == []


def test_steps_before_a_step():
    app = catalog()
    assert app.steps_before("wf_send01", "sp_save01") == ["sp_ask001"]
    assert app.steps_before("wf_send01", "sp_ask001") == []
    assert app.steps_before("wf_send01", None) == ["sp_ask001", "sp_save01"]
    assert app.steps_before("wf_gone00", None) == []


def test_a_workflow_stands_on_its_page_at_the_element_of_its_event():
    here = Place.of_workflow(catalog(), "wf_send01", "sp_save01")
    assert (here.page, here.element, here.step) == ("pg_chat01", "el_bubbl1", "sp_save01")
    assert Place.of_workflow(Catalog(), "wf_gone00").page is None

"""The composer's rules: its train, what fits next, what gestures do, and what comes out (S14, S22, S32, S36, S40b)."""

import pytest

from builder.composing.choices import choices
from builder.composing.drawing import draw
from builder.composing.gestures import current, perform
from builder.composing.result import result
from builder.composing.slots import slots_of
from builder.composing.stand import opened
from builder.composing.train import train
from builder.errors import StreamwrightError
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.expressions.shape import check, expressions
from builder.starters import starters


@pytest.fixture(scope="module")
def catalog():
    return Catalog((kind, body["root"], body) for kind, body in starters["demo"].documents())


@pytest.fixture
def place(catalog):
    return Place(catalog, "pg_chat01", "el_reply1")


def op(name, *args):
    return {"op": name, "args": list(args)}


def reply(*ops):
    return {"from": "step", "args": {"step": "sp_ask001"}, "ops": [op("field", "fd_reply1"), *ops]}


QUESTION = {"from": "element", "args": {"element": "el_quest1"}, "ops": []}
MESSAGES = {"from": "search", "args": {"data_type": "dt_messag", "newest_first": False}, "ops": []}


def stand(value, place, expects="text"):
    return opened(value, 0, place, expects)


def labels(stand):
    cars, at = current(stand)
    return {c.label: c for group in choices(stand.level.value, cars[at], stand.here[0]) for c in group.choices}


def choose(stand, label):
    return perform(stand, {"do": "choose", "adds": labels(stand)[label].adds})


# The train


def test_the_train_says_each_cars_role_words_and_type(place):
    cars = train(reply(op("text_so_far"), op("shortened_to", 280)), place)
    assert [(car.role, car.label, car.mark and car.mark.label) for car in cars] == [
        ("Source", "Ask the model", "API call"),
        ("Field", "Reply", "Text stream"),
        ("Value", "text so far", "Text"),
        ("Operator", "shortened to", "Text"),
        ("Argument", "280", "Number"),
        ("Next", "", None),
    ]
    assert [car.unit for car in cars if car.unit] == ["characters"]
    assert [car.label for car in cars if car.live] == ["text so far"]


def test_without_a_value_there_is_one_car_for_the_source(place):
    assert [(car.role, car.empty) for car in train(None, place)] == [("Source", True)]


def test_a_source_that_is_gone_keeps_its_old_name_and_what_follows_it(place):
    gone = {"from": "step", "args": {"step": "sp_gone01"}, "was": "Ask the model's Reply", "ops": [op("text_so_far")]}
    cars = train(gone, place)
    assert [(car.role, car.label) for car in cars] == [("Source", "Ask the model's Reply"), ("Operator", "text so far")]
    assert "is gone" in cars[0].broken


# What fits


def test_what_is_at_hand_is_listed_first_and_the_time_of_day_last(place):
    shown = [group.label for group in choices(None, train(None, place)[0], place)]
    assert shown[:2] == ["An element's value", "Result of a step"]
    assert shown[-2:] == ["Current date/time", "Something runs"]


def test_S14_only_initialized_calls_are_offered(catalog, place):
    assert "Price ticker" in labels(stand(None, place))
    body = catalog.body("api", "ai_pract1")
    never = {**body["nodes"]["ca_ticker"], "props": {**body["nodes"]["ca_ticker"]["props"], "initialized": None}}
    other = Catalog([("api", "ai_pract1", {**body, "nodes": {**body["nodes"], "ca_ticker": never}})])
    assert "Price ticker" not in labels(stand(None, Place(other)))


def test_S22_after_a_stream_its_values_come_first(place):
    groups = choices(reply(), train(reply(), place)[-1], place)
    assert groups[0].label == "Values of the stream"
    assert [choice.label for choice in groups[0].choices][:2] == ["text so far", "full text"]


def test_what_does_not_fit_is_not_offered(place):
    offered = labels(stand(QUESTION, place))
    assert "followed by" in offered
    assert "divided by" not in offered and "first item" not in offered


def test_a_choice_says_what_it_does_and_gives_an_example(place):
    choice = labels(stand(QUESTION, place))["followed by"]
    assert (choice.hint, choice.takes.letters, choice.mark.letters) == ("text", "Aa", "Aa")
    assert choice.help == "Adds text at the end. The text can contain dynamic data, too."
    assert choice.example == ("Hello", "followed by “, Maya”", "Hello, Maya")


# Gestures


def test_choosing_adds_at_the_end_and_goes_to_the_first_argument(place):
    after = choose(stand(reply(op("text_so_far")), place), "shortened to")
    cars, at = current(after)
    assert after.level.value["ops"][-1] == op("shortened_to", None)
    assert (cars[at].role, cars[at].label, cars[at].empty) == ("Argument", "length", True)


def test_another_operator_in_the_middle_keeps_what_still_fits_behind_it(place):
    value = reply(op("text_so_far"), op("in_capitals"))
    full = choose(perform(stand(value, place), {"do": "go", "at": 2}), "full text")
    assert [step["op"] for step in full.level.value["ops"]] == ["field", "full_text", "in_capitals"]
    done = choose(perform(stand(value, place), {"do": "go", "at": 2}), "seconds in all")
    assert [step["op"] for step in done.level.value["ops"]] == ["field", "seconds_in_all", "in_capitals"]
    waiting = choose(perform(stand(reply(op("is_waiting"), op("or", True)), place), {"do": "go", "at": 2}), "full text")
    assert [step["op"] for step in waiting.level.value["ops"]] == ["field", "full_text"]


def test_a_broken_source_can_be_replaced(place):
    gone = {"from": "element", "args": {"element": "el_gone01"}, "was": "Name's value", "ops": [op("in_capitals")]}
    mended = choose(perform(stand(gone, place), {"do": "go", "at": 0}), "Message's value")
    assert mended.level.value == {**QUESTION, "ops": [op("in_capitals")]}
    assert result(mended, None).problem == ""


def test_removing_takes_the_last_link_with_its_arguments_then_the_source(place):
    after = perform(stand({**QUESTION, "ops": [op("shortened_to", 3)]}, place), {"do": "remove"})
    assert after.level.value == QUESTION
    assert perform(after, {"do": "remove"}).level.value is None


@pytest.mark.parametrize(
    ("operator", "said", "stored"),
    [
        ("shortened_to", "280", 280),
        ("shortened_to", "2,5", 2.5),
        ("shortened_to", "", None),
        ("shortened_to", "many", "many"),
        ("followed_by", "x", "x"),
    ],
)
def test_an_argument_is_stored_as_its_type(place, operator, said, stored):
    before = stand({**QUESTION, "ops": [op(operator, None)]}, place)
    after = perform(before, {"do": "fill", "path": ["ops", 0, "args", 0], "value": said})
    assert after.level.value["ops"] == [op(operator, stored)]


@pytest.mark.parametrize(
    ("part", "said", "stored"),
    [
        (0, "Dear ", {"text": ["Dear ", QUESTION, "!"]}),
        (2, "", {"text": ["Hello ", QUESTION]}),
        (1, None, "Hello !"),
    ],
)
def test_one_part_of_a_text_is_filled_or_taken_away(place, part, said, stored):
    before = stand({**QUESTION, "ops": [op("followed_by", {"text": ["Hello ", QUESTION, "!"]})]}, place)
    after = perform(before, {"do": "fill", "path": ["ops", 0, "args", 0], "part": part, "value": said})
    assert after.level.value["ops"] == [op("followed_by", stored)]


def test_a_yes_no_and_a_format_are_chosen_by_their_number(place):
    waits = stand(reply(op("is_waiting"), op("or", None)), place, "yes_no")
    chosen = perform(waits, {"do": "fill", "path": ["ops", 2, "args", 0], "value": "0"})
    assert chosen.level.value["ops"][-1] == op("or", True)
    dated = stand({"from": "now", "args": {}, "ops": [op("formatted_as", None)]}, place)
    assert result(dated, None).problem.startswith("In “formatted as”: Choose one of")
    chosen = perform(dated, {"do": "fill", "path": ["ops", 0, "args", 0], "value": "3"})
    assert chosen.level.value["ops"] == [op("formatted_as", "21 November 2026")]
    assert result(chosen, None).problem == ""


def test_dynamic_data_in_an_argument_is_put_together_one_level_deeper(place):
    outer = stand({**QUESTION, "ops": [op("followed_by", "Re: ")]}, place)
    outer = perform(outer, {"do": "go", "at": 2})
    inner = choose(outer, "Ask the model")
    assert (len(inner.levels), inner.crumbs) == (2, ["followed by, text"])
    assert "shows" not in result(inner, None).problem and result(inner, None).problem
    inner = choose(choose(inner, "Reply"), "full text")
    assert result(inner, None).problem == ""
    [placed] = perform(inner, {"do": "keep"}).level.value["ops"]
    [text] = placed["args"]
    assert text["text"][0] == "Re: "
    assert text["text"][1] == {**reply(op("full_text")), "was": "Ask the model's Reply › full text"}
    assert perform(inner, {"do": "leave"}).level.value == outer.level.value


def test_what_stands_alone_in_an_argument_may_be_of_the_arguments_own_type(place):
    value = {**MESSAGES, "ops": [op("last_item"), op("field", "df_body01"), op("is", None)]}
    inner = perform(stand(value, place, "yes_no"), {"do": "enter", "path": ["ops", 2, "args", 0], "part": 0})
    kept = perform(choose(inner, "Message's value"), {"do": "keep"})
    assert kept.level.value["ops"][2]["args"] == [{**QUESTION, "was": "Message's value"}]


def test_S40b_each_item_as_object_has_rows_with_this_item(place):
    at = ["ops", 0, "args", 0]
    messages = choose(stand(MESSAGES, place, "any"), "each item as object")
    messages = perform(perform(messages, {"do": "row", "path": at}), {"do": "row", "path": at})
    messages = perform(messages, {"do": "row", "path": at, "name": "name", "to": "role"})
    messages = perform(messages, {"do": "row", "path": at, "name": "name 2", "to": "content"})
    messages = perform(messages, {"do": "fill", "path": [*at, "role"], "value": "user"})
    inner = perform(messages, {"do": "enter", "path": [*at, "content"], "part": 0})
    assert next(iter(labels(inner))) == "This item"
    inner = choose(choose(inner, "This item"), "Body")
    done = perform(inner, {"do": "keep"})
    [row] = done.level.value["ops"][0]["args"]
    assert row["role"] == "user" and row["content"]["ops"] == [op("field", "df_body01")]
    assert result(done, None).problem == ""
    gone = perform(done, {"do": "row", "path": at, "name": "role", "to": None})
    assert list(gone.level.value["ops"][0]["args"][0]) == ["content"]


def test_S36_a_calls_parameters_are_its_settings_and_may_be_dynamic(place):
    ticker = choose(stand(None, place), "Price ticker")
    assert current(ticker)[1] == 0
    [slot] = slots_of(ticker.level.value, place, 0)
    assert (slot.label, slot.path) == ("products", ("args", "parameters", "qp_produc"))
    filled = perform(ticker, {"do": "fill", "path": list(slot.path), "value": "SOL-USD"})
    assert filled.level.value["args"]["parameters"] == {"qp_produc": "SOL-USD"}
    inner = perform(filled, {"do": "enter", "path": list(slot.path), "part": 1, "insert": True})
    kept = perform(choose(inner, "Message's value"), {"do": "keep"})
    assert kept.level.value["args"]["parameters"]["qp_produc"]["text"][0] == "SOL-USD"


def test_a_search_has_a_data_type_an_order_and_a_limit(place):
    slots = {slot.label: slot for slot in slots_of(MESSAGES, place, 0)}
    assert [words for _, words, _ in slots["Data type"].chosen] == ["Message"]
    newest = perform(stand(MESSAGES, place), {"do": "fill", "path": ["args", "newest_first"], "value": "1"})
    some = perform(newest, {"do": "fill", "path": ["args", "limit"], "value": "5"})
    assert some.level.value["args"] == {"data_type": "dt_messag", "newest_first": True, "limit": 5}
    with pytest.raises(StreamwrightError):
        perform(newest, {"do": "enter", "path": ["args", "limit"]})


@pytest.mark.parametrize(
    "gesture",
    [
        {},
        {"do": "__class__"},
        {"do": "go", "at": "1"},
        {"do": "choose", "adds": {"op": {"op": 1}}},
        {"do": "choose", "adds": {"expression": {"from": "element", "ops": 3}}},
        {"do": "fill", "path": "ops", "value": 1},
        {"do": "fill", "path": ["ops", 9, "args", 0], "value": 1},
        {"do": "fill", "path": ["ops", -1, "args", 0], "value": 1},
        {"do": "enter", "path": [["ops"]]},
        {"do": "row", "path": []},
    ],
)
def test_a_gesture_that_cannot_be_done_is_refused_in_words(place, gesture):
    with pytest.raises(StreamwrightError) as refused:
        perform(stand({**QUESTION, "ops": [op("followed_by", None)]}, place), gesture)
    assert refused.value.sentence


# The result


def test_the_result_says_why_it_does_not_fit(place):
    found = result(stand(QUESTION, place, "yes_no"), None)
    assert (found.mark.label, found.needs) == ("Text", "Yes/no")
    assert found.problem.startswith("This needs a yes/no, but Message's value gives a text.")


def test_without_a_sample_nothing_is_invented(place):
    assert result(stand(reply(op("text_so_far")), place), None).live.known is False


# Every offer of every place


def places(catalog):
    for page in catalog.bodies("page"):
        for element in catalog.elements(page["root"]):
            yield Place(catalog, page["root"], element)
    for workflow in catalog.workflows():
        for step in (None, *catalog.steps(workflow)):
            yield Place.of_workflow(catalog, workflow, step)


@pytest.mark.slow
def test_every_offer_of_every_place_in_the_demo_composes_without_problems(catalog):
    """Two choices deep, also where an argument waits: nothing offered raises, and what is complete is sound."""
    seen = 0
    for place in places(catalog):
        for source in labels(stand(None, place, "any")).values():
            first = perform(stand(None, place, "any"), {"do": "choose", "adds": source.adds}).with_level(at=None)
            assert problems(first.level.value, "any", place) == [], source.label
            for choice in labels(first).values():
                second = perform(first, {"do": "choose", "adds": choice.adds})
                value = check(second.level.value)
                cars, _ = current(second)
                assert not any(car.broken for car in cars), (source.label, choice.label)
                waits = any(car.slot and car.empty for car in cars)
                assert waits or problems(value, "any", place) == [], (source.label, choice.label)
                assert result(second, None).mark
                seen += 1
    assert seen > 1000


def test_every_expression_of_the_demo_opens_as_its_train(catalog):
    for kind in ("page", "workflow"):
        for body in catalog.bodies(kind):
            for key, node in body["nodes"].items():
                here = Place(catalog, body["root"], key) if kind == "page" else Place.of_workflow(catalog, body["root"])
                for value in node["props"].values():
                    for each in expressions(value):
                        if each["from"] != "item":
                            assert not any(car.broken for car in train(each, here)), each


def test_brackets_are_drawn_around_what_is_done_first(place):
    value = {**QUESTION, "ops": [op("as_a_number"), op("plus", 2), op("times", 3)]}
    cars = train(value, place)
    drawn = "".join(f"{car.opens}{car.label}{car.closes} " for car in cars if car.label)
    assert drawn == "(Message's value as a number plus 2) times 3 "
    assert [car.name for car in cars if car.after_brackets] == ["Operator: times, of all before it"]


def test_the_live_value_is_that_of_the_car_one_is_at(place):
    whole = stand(reply(op("full_text"), op("shortened_to", 4), op("in_capitals")), place)
    last, earlier = draw(whole, None)["result"].live, draw(whole.with_level(at=2), None)["result"].live
    assert last.text == earlier.text[:4].upper()
    assert (last.after, earlier.after) == ("", "full text")

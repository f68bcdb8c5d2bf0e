"""The addresses of an app's pages: what the author chose, else the name; the first page at the app's own (S41, S43)."""

import pytest

from builder.addresses import address_of, page_at, path_of
from builder.document import body, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds


def page(key, name, **props):
    return body(key, {key: node("page", name, props)})


def catalog(*pages):
    return Catalog(("page", each["root"], each) for each in pages)


@pytest.mark.parametrize(
    ("name", "props", "path"),
    [
        ("About us", {}, "about-us"),
        ("About us", {"path": "team"}, "team"),
        ("About us", {"path": ""}, "about-us"),
        ("Über Öl", {}, "uber-ol"),
        ("関於", {}, "pg_one001"),
    ],
)
def test_a_page_has_the_address_of_its_author_else_of_its_name(name, props, path):
    assert path_of(page("pg_one001", name, **props)) == path


def test_the_first_page_is_at_the_apps_own_address():
    pages = catalog(page("pg_one001", "index"), page("pg_two001", "About us"))
    assert page_at(pages, "")["root"] == page_at(pages, "index")["root"] == "pg_one001"
    assert page_at(pages, "about-us")["root"] == "pg_two001"
    assert page_at(pages, "other") is None and page_at(catalog(), "") is None
    assert [address_of(pages, key) for key in ("pg_one001", "pg_two001", "pg_gone01")] == ["", "about-us/", ""]


def test_S43_pages_at_one_address_are_an_issue_of_each():
    same = [page("pg_one001", "index"), page("pg_two001", "Team"), page("pg_tri001", "About", path="team")]
    found = [kinds["page"].problems(each, catalog(*same)) for each in same]
    assert [len(problems) for problems in found] == [0, 1, 1]
    [problem] = found[1]
    assert (problem.where.prop, problem.severity) == ("path", "issue") and "/team/: Team, About." in problem.sentence

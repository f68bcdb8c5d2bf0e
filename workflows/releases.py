"""Releases: an app frozen and made public, rolled back to an earlier one, or taken offline (S41, S43)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from builder.access import catalog_of
from builder.checking.issues import ORDER, Issue, issues_of
from builder.document import Body
from builder.document_cache import frozen
from builder.edition import LIVE, Edition
from builder.errors import NotFound, Refused
from builder.expressions.catalog import Catalog
from builder.kinds import kinds
from builder.models import App, User
from workflows.events import title_of
from workflows.models import Publication, Release

# A document of an app: its kind and its key.
Place: TypeAlias = tuple[str, str]
Documents: TypeAlias = Mapping[Place, Body]
# How many releases have their documents cached: those with visitors.
AT_HAND = 64
# How many of the gestures since a release are named; the rest are counted.
NAMED = 5


class UnresolvedIssues(Refused):
    """`issues` are all the issues that keep it from being published."""

    code = "unresolved_issues"
    sentence = "There are issues that keep it from being published: {count} in all."
    why = "A release has none, so that visitors find nothing broken."
    todo = "Open each of them and fix it, then publish."

    def __init__(self, issues: list[Issue]):
        super().__init__(count=len(issues))
        self.issues = issues


class NothingNew(Refused):
    code = "nothing_new"
    sentence = "Nothing has changed since release {number}, which is live."


class NoPage(Refused):
    code = "no_page"
    sentence = "There is no page to publish."
    todo = "Add a page in Design."


def publish(app: App, person: User, note: str = "") -> Release:
    """Freeze an app's current state in a new release and give it to its visitors. Pages of an earlier release that are
    open stay with it until they are reloaded. Raises UnresolvedIssues, NoPage or NothingNew."""
    with transaction.atomic():
        App.objects.select_for_update().get(pk=app.pk)
        catalog = catalog_of(app)
        check(catalog, issues_of(app, catalog))
        live = live_release(app)
        if live and not changes_since(app, live, catalog).count:
            raise NothingNew(number=live.number)
        before = app.releases.aggregate(number=Max("number"))["number"] or 0
        release = Release.objects.create(
            app=app,
            number=before + 1,
            documents=[[row.kind, row.key, row.body] for row in app.documents.all()],
            note=note,
            by=person,
            entry=app.entries.aggregate(newest=Max("id"))["newest"] or 0,
        )
        _make_live(release)
    return release


def check(catalog: Catalog, issues: list[Issue]) -> None:
    """Check whether an app with these issues can be published. Raises NoPage or UnresolvedIssues."""
    if not catalog.bodies("page"):
        raise NoPage
    if blocking := [issue for issue in issues if issue.blocks]:
        raise UnresolvedIssues(blocking)


def roll_back(app: App, release: str) -> Release:
    """Give visitors another existing release, earlier or later. Raises NotFound."""
    found = app.releases.filter(pk=release).first()
    if found is None:
        raise NotFound
    _make_live(found)
    return found


def unpublish(app: App) -> None:
    """Take an app offline. Its releases and its live data stay."""
    Publication.objects.filter(app=app).delete()


def _make_live(release: Release) -> None:
    Publication.objects.update_or_create(app=release.app, defaults={"release": release, "since": timezone.now()})


def live_release(app: App) -> Release | None:
    """The release that visitors get; None if the app is not published."""
    return app.releases.filter(publications__app=app).first()


def address(app: App) -> str:
    """The URL of a published app."""
    return f"{settings.APPS_ORIGIN}/{app.slug}/"


def live_edition(slug: str) -> Edition:
    """What visitors get at an app's URL. Raises NotFound if the app is not published."""
    found = Publication.objects.filter(app__slug=slug).values_list("release_id", flat=True).first()
    if found is None:
        raise NotFound
    return edition_of(found)


def published_edition(app: App) -> Edition | None:
    """The same, given the app; None if it is not published."""
    found = Publication.objects.filter(app=app).values_list("release_id", flat=True).first()
    return edition_of(found) if found else None


def edition_of(release: str) -> Edition:
    """A release in runnable form, whether it is live or not. Raises NotFound."""
    found = Release.objects.select_related("app").defer("documents").filter(pk=release).first()
    if found is None:
        raise NotFound
    return Edition(found.app, LIVE, found.pk, _frozen(found.pk))


@lru_cache(maxsize=AT_HAND)
def _frozen(release: str) -> Catalog:
    """A release's documents, which never change."""
    documents = Release.objects.values_list("documents", flat=True).get(pk=release)
    return Catalog(((kind, key, frozen(body)) for kind, key, body in documents), is_release=True)


@dataclass(frozen=True, slots=True)
class IsPublished:
    """What lets a visitor's socket stay open: the app is published. It does not matter which release is live."""

    app: str

    @classmethod
    def lost(cls, claims: set["IsPublished"]) -> set["IsPublished"]:
        apps = {claim.app for claim in claims}
        published = set(Publication.objects.filter(app__in=apps).values_list("app_id", flat=True))
        return {claim for claim in claims if claim.app not in published}


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new release would bring: how many gestures there were, the latest of them in words, and the documents that
    are `new`, `changed` or `removed`, each with its name."""

    count: int
    labels: list[str]
    documents: list[tuple[str, str]]


def changes_since(app: App, release: Release | None, catalog: Catalog) -> Changes:
    """What has changed since a release; without one, everything is new."""
    before = {(kind, key): body for kind, key, body in release.documents} if release else {}
    now = {(kind, body["root"]): body for kind in kinds for body in catalog.bodies(kind)}
    changed = sorted((place for place in before | now if before.get(place) != now.get(place)), key=_order)
    if not changed:
        return Changes(0, [], [])
    entries = app.entries.filter(undone=False, id__gt=release.entry if release else 0)
    # Undoing something that is in the release is a change, too, but leaves no entry.
    count, labels = max(1, entries.count()), list(entries.values_list("label", flat=True)[:NAMED])
    return Changes(count, labels, [_changed(place, before, now, catalog) for place in changed])


def _order(place: Place) -> int:
    return (*ORDER, place[0]).index(place[0])


def _changed(place: Place, before: Documents, now: Documents, catalog: Catalog) -> tuple[str, str]:
    how = "removed" if place not in now else "changed" if place in before else "new"
    body = now.get(place) or before[place]
    root = body["nodes"][body["root"]]
    title = title_of(root, catalog) if place[0] == "workflow" else root["name"]
    return how, f"{kinds[place[0]].label} {title}"

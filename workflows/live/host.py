"""What the steps of a run may do with the page they were started on, and with the app behind it."""

from collections.abc import Callable
from typing import Any, Protocol
from weakref import ref

from builder.addresses import way_to, with_query
from builder.document import Body, walk
from builder.parameters import written
from connector.answers.stream import Stream
from connector.calls import start_call
from data.things import create_thing
from workflows.errors import TargetGone
from workflows.live import things
from workflows.live.cells import NOWHERE, Cells
from workflows.live.places import Path, address
from workflows.live.visit import Visit
from workflows.live.waterfall import put, row_of
from workflows.runner import Run


class Runs(Protocol):
    """The runs of a page, as far as the steps of one of them reach the others (`runs.VisitRuns`)."""

    visit: Visit

    def start(
        self, workflow: Body, element: str | None = None, path: Path = (), event: str = "", told: Any = None
    ) -> Run | None: ...

    def stop_step(self, step: str, here: Cells = NOWHERE) -> None: ...

    async def write_down(self, run: Run) -> None: ...


class Host:
    """What the steps of one run may do with the page they were started on, and with the app behind it."""

    def __init__(self, runs: Runs, cells: Cells = NOWHERE, event: str = ""):
        self.runs = runs
        self.visit = runs.visit
        # Of the element that started the run.
        self.cells = cells
        self.path = cells.path
        # The id of what happened on the page.
        self.event = event
        self._run: Callable[[], Run | None] = lambda: None
        self._is_known = False

    def belongs_to(self, run: Run) -> None:
        """Tell it whose host it is. The run holds its host and not the other way round, so that a run that is over is
        freed at once, with all that its streams said."""
        self._run = ref(run)

    @property
    def run(self) -> Run | None:
        return self._run()

    def set_state(self, state: str, value: Any) -> None:
        if state not in self.visit.page.states:
            raise TargetGone
        self.visit.set_state(address(state, self.path[: len(self.visit.page.lists.get(state, ()))]), value)

    def show(self, element: str, visible: bool) -> None:
        self.visit.override(element, self._path_of(element), "visible", visible)

    def toggle(self, element: str) -> None:
        self.show(element, not self.visit.is_shown(element, self._path_of(element)))

    def reset(self, element: str) -> None:
        """Restore the initial value of every input in an element, or of the element itself."""
        self._path_of(element)
        for key in walk(self.visit.page.body, element):
            if key in self.visit.page.inputs:
                self.visit.inputs.reset(key, self._path_of(key))

    def display(self, group: str, value: Any) -> None:
        self.visit.display(group, self._path_of(group), value)

    def stop_step(self, step: str) -> None:
        self.runs.stop_step(step, self.cells)

    def tell_page(self, event: str, value: Any = None) -> None:
        """Something that happens in an instance starts whatever listens to it around the instance."""
        run = self.run
        root = run.workflow["nodes"][run.workflow["root"]] if run else {"props": {}}
        instance = root["props"].get("instance")
        for workflow in self.visit.page.told.get((instance, event), ()):
            self.runs.start(workflow, instance, self._path_of(instance), self.event, value)

    def go(self, page: str, told: dict[str, Any]) -> None:
        """Make the visitor's browser open another page of the app, or this one anew, with values for its parameters."""
        catalog = self.visit.page.catalog
        there = catalog.body("page", page)
        if there is None:
            raise TargetGone
        self.visit.tell({"go": with_query(way_to(catalog, self.visit.page.key, page), written(there, told))})

    async def call(self, step: str, api: str, call: str, values: dict[str, Any]) -> Stream:
        """Call an API; the page shows the result as this step's newest from the moment the request is sent."""
        stream = await start_call(self.visit.edition, api, call, values, self.visit.visitor, self._make_known)
        self._is_known = True
        self.visit.set_result(step, stream)
        return stream

    async def create(self, step: str, data_type: str, fields: dict[str, Any]) -> Any:
        """Create a thing in the data of the app's environment; the page shows it as this step's newest result."""
        thing = await create_thing(self.visit.edition, data_type, fields, self.visit.visitor.email, self._make_known)
        self._is_known = True
        self.visit.set_result(step, thing)
        return thing

    async def change(self, step: str, data_type: str, thing: Any, fields: dict[str, Any]) -> Any:
        """Change a thing; whatever the page holds of it is updated, and it becomes this step's newest result."""
        changed = await things.change(self.visit.edition, data_type, thing, fields, self._make_known)
        things.renew(self.visit, self.run, {changed.key: changed})
        self.visit.set_result(step, changed)
        return changed

    async def delete(self, given: Any) -> None:
        """Delete a thing or a list of them; the page no longer holds any of them."""
        gone = await things.delete(self.visit.edition, given, self._make_known)
        things.renew(self.visit, self.run, {thing.key: None for thing in gone})

    def _make_known(self) -> None:
        """In a database thread: record the run together with the first thing it does outside its page, so that whatever
        started it never does that twice (P14), and a crash leaves no unknown run (P16). The end of a run that was
        stopped meanwhile is not overwritten."""
        run = self.run
        if run is not None and run.ended is None and not self._is_known:
            put([row_of(run)])

    def _path_of(self, element: str) -> Path:
        lists = self.visit.page.lists.get(element)
        if lists is None:
            raise TargetGone
        return self.path[: len(lists)]

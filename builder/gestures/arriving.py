"""What comes into a group of the direction “fixed” finds a place there: the one it is seen at, if it comes from within
the same group or goes deeper into it; else its own, a little further as long as something stands exactly there. So
copies stand beside what they copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from builder.changes import ChangeJSON
from builder.document import Body, Spot, spots, walk
from builder.expressions.catalog import Catalog
from builder.gestures.fixed import settling
from builder.gestures.plan import Plan, after_plan, doc_of
from builder.styling.breakpoints import BASE, BREAKPOINTS
from builder.styling.fixed import Point, can_be_placed, inset, is_fixed, may_have_fixed, point_of
from builder.styling.looks import Styles, styles_of

# How far a copy stands from what it copies, to the right and below; and how often at most, for those in its way.
STEP, MOST = 10, 100
# The changes by which an element comes into another group.
COMING = ("insert", "move", "duplicate")
# Where an element stands, by breakpoint.
Points = Mapping[str, Point]


def arriving(plan: Plan, body: Body, catalog: Catalog) -> Plan:
    """The same plan, in which all that is new in a fixed group has a place there. Places that the plan gives stay."""
    comes = any(change["do"] in COMING and change["doc"] == doc_of(body) for change in plan.changes)
    if not comes or not may_have_fixed(body):
        return plan
    after = after_plan(plan, body)
    before, now = _Ground(body, styles_of(catalog)), _Ground(after, styles_of(catalog))
    came: dict[str, list[str]] = {}
    for key in walk(after):
        if key not in plan.placed and _is_new(key, before, now):
            came.setdefault(now.around[key].parent, []).append(key)
    made = [change for parent, keys in came.items() for change in _placed(parent, keys, before, now)]
    return replace(plan, changes=[*plan.changes, *made]) if made else plan


def together(body: Body, keys: list[str], parent: str, styles: Styles) -> tuple[Points, dict[str, Points]]:
    """The top left corner of elements within a fixed group, and where each of them stands from there, for what is put
    around them."""
    ground = _Ground(body, styles)
    top = ground.corner(parent, BASE)[0]
    placed = [key for key in keys if ground.stands_fixed(key) and ground.place(key, BASE)[0] == top]
    corners, found = dict[str, Point](), {key: dict[str, Point]() for key in placed}
    for at in BREAKPOINTS:
        inner = ground.corner(parent, at)[1]
        points = {key: ground.place(key, at)[1].further(-inner.x, -inner.y) for key in placed}
        corners[at] = corner = Point(*(min(each, default=0) for each in zip(*points.values(), strict=True)))
        for key, point in points.items():
            found[key][at] = point.further(-corner.x, -corner.y)
    return corners, {**found}


@dataclass
class _Ground:
    """How the elements of a document stand in its fixed groups."""

    body: Body
    styles: Styles

    def __post_init__(self) -> None:
        self.around: dict[str, Spot] = spots(self.body)

    def stands_fixed(self, key: str) -> bool:
        """Whether an element stands at a place of its own."""
        spot = self.around.get(key)
        holders = self.body["nodes"]
        return bool(spot and can_be_placed(holders[key]) and is_fixed(holders[spot.parent], self.styles))

    def corner(self, group: str, at: str) -> tuple[str, Point]:
        """The inner corner of a group within the outermost of the fixed groups around it, which comes first."""
        if not self.stands_fixed(group):
            return group, Point()
        top, place = self.place(group, at)
        inner = inset(self.body["nodes"][group], self.styles, at)
        return top, Point(place.x + inner.x, place.y + inner.y)

    def place(self, key: str, at: str) -> tuple[str, Point]:
        """The same for where an element stands."""
        top, corner = self.corner(self.around[key].parent, at)
        own = point_of(self.body["nodes"][key], at)
        return top, Point(corner.x + own.x, corner.y + own.y)

    def nearest(self, key: str) -> str | None:
        """The element itself or the nearest one around it that stands at a place of its own."""
        while key in self.around:
            if self.stands_fixed(key):
                return key
            key = self.around[key].parent
        return None


def _is_new(key: str, before: _Ground, now: _Ground) -> bool:
    """Whether an element has come into a fixed group. One that came together with its group has a place in it."""
    if key == now.body["root"]:
        return False
    parent = now.around[key].parent
    was_elsewhere = before.around[key].parent != parent if key in before.around else parent in before.body["nodes"]
    return was_elsewhere and now.stands_fixed(key)


def _placed(parent: str, keys: list[str], before: _Ground, now: _Ground) -> Iterator[ChangeJSON]:
    """The changes that give elements places in the group they have come into."""
    others = [key for key, spot in now.around.items() if spot.parent == parent and key not in keys]
    taken = {point_of(now.body["nodes"][key]) for key in others if can_be_placed(now.body["nodes"][key])}
    begins = {key: _begin(key, parent, before, now) for key in keys}
    coming = [key for key, (_, is_seen) in begins.items() if not is_seen]
    # All by the same, so that they stand to each other as before.
    least = _steps([begins[key][0] for key in coming], taken)
    for key in keys:
        points = begins[key][0]
        if key in coming:
            points = _further(points, _steps([points], taken, least))
            taken.add(points[BASE])
        if change := settling(now.body, key, points):
            yield change


def _steps(coming: list[Points], taken: set[Point], least: int = 0) -> int:
    """How many steps further elements stand on none of the others."""
    ways = (steps for steps in range(least, MOST) if taken.isdisjoint(_further(each, steps)[BASE] for each in coming))
    return next(ways, least)


def _further(points: Points, steps: int) -> Points:
    return {at: point.further(STEP * steps, STEP * steps) for at, point in points.items()}


def _begin(key: str, parent: str, before: _Ground, now: _Ground) -> tuple[Points, bool]:
    """Where an element would stand in its new group, and whether it is seen there already. What comes out of a group
    that lays out its elements by itself begins at the place of that group."""
    own = {at: point_of(now.body["nodes"][key], at) for at in BREAKPOINTS}
    from_ = before.nearest(key) if key in before.around else None
    if from_ is None or before.place(from_, BASE)[0] != now.corner(parent, BASE)[0]:
        return own, False
    points = {}
    for at in BREAKPOINTS:
        stood, corner = before.place(from_, at)[1], now.corner(parent, at)[1]
        points[at] = stood.further(-corner.x, -corner.y)
    return points, from_ == key

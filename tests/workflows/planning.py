"""A workflow of steps and its turns, for tests of what is planned and of what runs."""

from builder.document import Body, node
from workflows.plan import Turn, turns
from workflows.starters.written import workflow


def planned(*steps: tuple[str, dict], backend: bool = False) -> tuple[Body, list[Turn]]:
    """Steps as `(type, props)`, of which `needs` is {step number: need}; `ask` streams, `save` and `ask` are
    server-side, `show` is neither."""
    nodes = {f"sp_{number}": node(type, "", props) for number, (type, props) in enumerate(steps, 1)}
    document = workflow("wf_a", "A", "pg_a", "page_loaded", None, nodes)
    found = turns(
        document,
        streams=lambda step: step["type"] == "ask",
        server_side=lambda step: step["type"] in ("ask", "save"),
        needs=lambda step: step["props"].get("needs", {}),
        backend=backend,
    )
    return document, found

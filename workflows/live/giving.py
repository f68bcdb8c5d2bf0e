"""How much a visitor and an address may give a live app in a day: never so much that others find no room (P29)."""

from django.db import transaction

from builder.edition import LIVE, Edition
from connector.spending import counting

# Of the room for what visitors give: the part that one visitor may fill in a day, and all of one address together; and
# how many files these are.
OF_VISITOR, OF_ADDRESS = (0.1, 100), (0.2, 400)
# Bytes of anybody's, whatever the room: what a count can hold.
LARGEST = 2**30


def count(edition: Edition, visitor: str, address: str, size: int, room: float) -> bool:
    """Count a file of this `size`; False where its visitor or its address has given all it may today. `visitor` and
    `address` tell them apart, "" where nobody can say; `room` is the bytes of all. Editors fill their own room."""
    if edition.environment != LIVE:
        return True
    known = [(who, most) for who, most in ((visitor, OF_VISITOR), (address, OF_ADDRESS)) if who]
    sizes = {who: min(int(room * part), LARGEST) for who, (part, _) in known}
    with transaction.atomic():
        found = counting.add(edition, "files", {who: files for who, (_, files) in known}, 1)
        if found and counting.add(edition, "bytes", sizes, size):
            return True
        transaction.set_rollback(True)
    return False

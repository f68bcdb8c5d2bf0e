"""How much a visitor and an address may upload to a live app per day: never so much that others find no room (P29)."""

from django.db import transaction

from builder.edition import LIVE, Edition
from connector.spending import counting

# Of the room for uploads: the share that one visitor may fill per day, and that of all visitors at one address
# together; and the number of files.
OF_VISITOR, OF_ADDRESS = (0.1, 100), (0.2, 400)
# The most bytes for anybody, whatever the room: the largest possible count.
LARGEST = 2**30


def count(edition: Edition, visitor: str, address: str, size: int, room: float) -> bool:
    """Count a file of this `size`; False if its visitor or its address has used up today's share. `visitor` and
    `address` identify them, "" if unknown; `room` is the total in bytes. Editors fill their own room."""
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

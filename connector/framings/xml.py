"""A single XML document: a response that is no stream, one frame when it is complete."""

from xml.parsers.expat import ExpatError

import orjson
import xmltodict

from connector.answers.frame import Frame
from connector.framings import Framing, WholeReader, framings, is_html


class XmlReader(WholeReader):
    """The value is an object: attributes as `@name`, text next to other children as `#text`. Entities are not
    expanded."""

    def whole(self, body: bytes) -> Frame:
        try:
            value = xmltodict.parse(body, disable_entities=True)
            return Frame(orjson.dumps(value), value)
        except (ExpatError, ValueError, TypeError, RecursionError):
            return Frame(body, body.decode("utf-8", "replace"), bad=True)


@framings.register
class Xml(Framing):
    name = "xml"
    label = "One XML document"
    content_types = ("application/xml", "text/xml")

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        if not head.startswith(b"<") or is_html(head):
            return 0.0
        if not complete and len(head) < 256 and b">" not in head:
            return None
        return 0.8 if head.startswith(b"<?xml") else 0.25

    def new(self, limit: int | None = None) -> XmlReader:
        return XmlReader(limit or self.limit)

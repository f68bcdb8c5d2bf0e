"""Values as the canvas shows them: with recorded samples of their sources, or named chips if there are none."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from builder.expressions.catalog import Place
from builder.expressions.chips import Chip, sampled
from builder.expressions.shape import Value


def sample_html(value: Value, place: Place) -> SafeString:
    """Text, and a chip for each piece of dynamic data without a sample."""
    return format_html_join("", "{}", ((_drawn(part),) for part in sampled(value, place)))


def _drawn(part: str | Chip) -> str:
    if isinstance(part, str):
        return part
    kind = "sw-chip sw-chip-stream" if part.live else "sw-chip"
    return format_html('<span class="{}">{}</span>', kind, part.words)

"""Style sheets for pages that look another way at breakpoints: every rule in its place, with the weight it had."""

from builder.elements import elements
from builder.styling.narrowing import looks, narrowed

WIDE, LAPTOP, TABLET, PHONE = (
    "(width > 1024px)",
    "(768px < width <= 1024px)",
    "(480px < width <= 768px)",
    "(width <= 480px)",
)


def test_a_rule_that_asks_for_a_look_becomes_one_a_range_in_its_place():
    made = narrowed('@layer a { .x { top: 0; } .y[data-gap="md"] { left: 0; } .z { right: 0; } }', {"gap"})
    assert made.count("@media") == 4 and made.startswith("@layer a {") and made.endswith("}")
    assert made.index(".x {") < made.index(".y:is(") < made.index(".z {")
    for at, range in (("base", WIDE), ("laptop", LAPTOP), ("tablet", TABLET), ("phone", PHONE)):
        asks = f':is([data-gap="md"], [data-gap-{at}="md"]:where(:not([data-gap])))'
        assert f"@media {range} {{ .y{asks} {{ left: 0; }} }}" in made


def test_whatever_asks_for_it_is_found():
    for selector in (
        '.a:not([data-gap="md"]) > b',
        ".a[data-gap]",
        ":root:has([data-gap='x{y'])",
        '.a:is([data-b="x"], [data-gap~="c"])',
    ):
        assert narrowed(f"{selector} {{ top: 0; }}", {"gap"}).count("@media") == 4, selector
    assert narrowed('@media (a) { .x { & [data-gap="md"] { top: 0; } } }', {"gap"}).count("data-gap-phone") == 1


def test_what_asks_for_no_look_stays_as_it_is():
    css = '@layer a, b;\n@keyframes x { from { top: 0; } }\n.a::before { content: "{ [data-gap]"; }\n[data-gaps] { top: 0; }\n'
    assert narrowed(css.replace("[data-gap]", ""), {"gap"}) == css.replace("[data-gap]", "")
    assert narrowed(css, set()) == css
    assert narrowed("/* [data-gap] { */ .a { top: 0; }", {"gap"}) == " .a { top: 0; }"


def test_what_scripts_read_is_no_look_that_varies():
    assert {"gap", "direction", "min_width"} <= looks()
    assert not looks() & {"pace", "caret", "chat", "theme"}
    assert all(set(element.steady) <= set(element.look) for element in elements.values())

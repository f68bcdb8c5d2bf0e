"""Plum: violet with bookish headings."""

from builder.themes import Theme, themes

themes.register(
    Theme(
        name="plum",
        label="Plum",
        hint="Violet with headings of a book.",
        colours={
            "paper": ("oklch(0.99 0.006 320)", "oklch(0.19 0.014 320)"),
            "raised": ("oklch(1 0 0)", "oklch(0.235 0.015 320)"),
            "tint": ("oklch(0.957 0.015 320)", "oklch(0.27 0.02 320)"),
            "face": ("oklch(0.905 0.035 318)", "oklch(0.35 0.05 318)"),
            "line": ("oklch(0.915 0.015 320)", "oklch(0.325 0.018 320)"),
            "edge": ("oklch(0.62 0.02 320)", "oklch(0.57 0.02 320)"),
            "ink": ("oklch(0.25 0.03 320)", "oklch(0.95 0.01 320)"),
            "soft": ("oklch(0.49 0.03 320)", "oklch(0.76 0.02 320)"),
            "accent": ("oklch(0.47 0.15 318)", "oklch(0.81 0.11 318)"),
            "fill": ("oklch(0.5 0.15 318)", "oklch(0.51 0.1425 318)"),
            "fill-over": ("oklch(0.44 0.1425 318)", "oklch(0.55 0.1425 318)"),
            "on-fill": ("oklch(0.995 0 0)", "oklch(0.995 0 0)"),
            "danger": ("oklch(0.5 0.17 27)", "oklch(0.8 0.11 23)"),
            "ok": ("oklch(0.48 0.11 150)", "oklch(0.8 0.12 150)"),
            "warn": ("oklch(0.5 0.11 72)", "oklch(0.82 0.12 80)"),
        },
        corners=("4px", "6px", "10px"),
    )
)

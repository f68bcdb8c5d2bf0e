"""Slate: cool grey with a clear blue."""

from builder.themes import MONO, SANS, Theme, themes

themes.register(
    Theme(
        name="slate",
        label="Slate",
        hint="Cool grey with a clear blue, plain headings.",
        colours={
            "paper": ("oklch(0.99 0.0036 255)", "oklch(0.19 0.0084 255)"),
            "raised": ("oklch(1 0 0)", "oklch(0.235 0.009 255)"),
            "tint": ("oklch(0.957 0.009 255)", "oklch(0.27 0.012 255)"),
            "face": ("oklch(0.905 0.035 262)", "oklch(0.35 0.05 262)"),
            "line": ("oklch(0.915 0.009 255)", "oklch(0.325 0.0108 255)"),
            "edge": ("oklch(0.62 0.012 255)", "oklch(0.57 0.012 255)"),
            "ink": ("oklch(0.25 0.018 255)", "oklch(0.95 0.006 255)"),
            "soft": ("oklch(0.49 0.018 255)", "oklch(0.76 0.012 255)"),
            "accent": ("oklch(0.47 0.16 262)", "oklch(0.81 0.11 262)"),
            "fill": ("oklch(0.5 0.16 262)", "oklch(0.51 0.152 262)"),
            "fill-over": ("oklch(0.44 0.152 262)", "oklch(0.55 0.152 262)"),
            "on-fill": ("oklch(0.995 0 0)", "oklch(0.995 0 0)"),
            "danger": ("oklch(0.5 0.17 27)", "oklch(0.8 0.11 23)"),
            "ok": ("oklch(0.48 0.11 150)", "oklch(0.8 0.12 150)"),
            "warn": ("oklch(0.5 0.11 72)", "oklch(0.82 0.12 80)"),
        },
        fonts={"sans": SANS, "serif": SANS, "mono": MONO},
    )
)

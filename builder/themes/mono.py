"""Mono: black on white and nothing else."""

from builder.themes import MONO, SANS, Theme, themes

themes.register(
    Theme(
        name="mono",
        label="Mono",
        hint="Black on white and nothing else, square corners.",
        colours={
            "paper": ("oklch(1 0 0)", "oklch(0.16 0 0)"),
            "raised": ("oklch(1 0 0)", "oklch(0.235 0 0)"),
            "tint": ("oklch(0.957 0 0)", "oklch(0.27 0 0)"),
            "face": ("oklch(0.905 0 0)", "oklch(0.35 0 0)"),
            "line": ("oklch(0.915 0 0)", "oklch(0.325 0 0)"),
            "edge": ("oklch(0.62 0 0)", "oklch(0.57 0 0)"),
            "ink": ("oklch(0.15 0 0)", "oklch(0.95 0 0)"),
            "soft": ("oklch(0.49 0 0)", "oklch(0.76 0 0)"),
            "accent": ("oklch(0.2 0 0)", "oklch(0.96 0 0)"),
            "fill": ("oklch(0.2 0 0)", "oklch(0.92 0 0)"),
            "fill-over": ("oklch(0.3 0 0)", "oklch(0.83 0 0)"),
            "on-fill": ("oklch(0.995 0 0)", "oklch(0.15 0 0)"),
            "danger": ("oklch(0.5 0.17 27)", "oklch(0.8 0.11 23)"),
            "ok": ("oklch(0.48 0.11 150)", "oklch(0.8 0.12 150)"),
            "warn": ("oklch(0.5 0.11 72)", "oklch(0.82 0.12 80)"),
        },
        fonts={"sans": SANS, "serif": SANS, "mono": MONO},
        corners=("0px", "2px", "4px"),
    )
)

"""Lagoon: fresh teal on cool white."""

from builder.themes import HUMANIST, MONO, Theme, themes

themes.register(
    Theme(
        name="lagoon",
        label="Lagoon",
        hint="Fresh teal on cool white.",
        colours={
            "paper": ("oklch(0.99 0.0048 205)", "oklch(0.19 0.0112 205)"),
            "raised": ("oklch(1 0 0)", "oklch(0.235 0.012 205)"),
            "tint": ("oklch(0.957 0.012 205)", "oklch(0.27 0.016 205)"),
            "face": ("oklch(0.905 0.035 200)", "oklch(0.35 0.05 200)"),
            "line": ("oklch(0.915 0.012 205)", "oklch(0.325 0.0144 205)"),
            "edge": ("oklch(0.62 0.016 205)", "oklch(0.57 0.016 205)"),
            "ink": ("oklch(0.25 0.024 205)", "oklch(0.95 0.008 205)"),
            "soft": ("oklch(0.49 0.024 205)", "oklch(0.76 0.016 205)"),
            "accent": ("oklch(0.47 0.085 200)", "oklch(0.81 0.1 200)"),
            "fill": ("oklch(0.5 0.085 200)", "oklch(0.51 0.08075 200)"),
            "fill-over": ("oklch(0.44 0.08075 200)", "oklch(0.55 0.08075 200)"),
            "on-fill": ("oklch(0.995 0 0)", "oklch(0.995 0 0)"),
            "danger": ("oklch(0.5 0.17 27)", "oklch(0.8 0.11 23)"),
            "ok": ("oklch(0.48 0.11 150)", "oklch(0.8 0.12 150)"),
            "warn": ("oklch(0.5 0.11 72)", "oklch(0.82 0.12 80)"),
        },
        fonts={"sans": HUMANIST, "serif": HUMANIST, "mono": MONO},
        corners=("8px", "12px", "18px"),
    )
)

"""Coral: warm and friendly."""

from builder.themes import MONO, ROUNDED, Theme, themes

themes.register(
    Theme(
        name="coral",
        label="Coral",
        hint="Warm and friendly, round corners and letters.",
        colours={
            "paper": ("oklch(0.99 0.0072 50)", "oklch(0.19 0.0168 50)"),
            "raised": ("oklch(1 0 0)", "oklch(0.235 0.018 50)"),
            "tint": ("oklch(0.957 0.018 50)", "oklch(0.27 0.024 50)"),
            "face": ("oklch(0.905 0.035 50)", "oklch(0.35 0.05 50)"),
            "line": ("oklch(0.915 0.018 50)", "oklch(0.325 0.0216 50)"),
            "edge": ("oklch(0.62 0.024 50)", "oklch(0.57 0.024 50)"),
            "ink": ("oklch(0.25 0.036 50)", "oklch(0.95 0.012 50)"),
            "soft": ("oklch(0.49 0.036 50)", "oklch(0.76 0.024 50)"),
            "accent": ("oklch(0.47 0.125 50)", "oklch(0.81 0.11 50)"),
            "fill": ("oklch(0.5 0.125 50)", "oklch(0.51 0.11875 50)"),
            "fill-over": ("oklch(0.44 0.11875 50)", "oklch(0.55 0.11875 50)"),
            "on-fill": ("oklch(0.995 0 0)", "oklch(0.995 0 0)"),
            "danger": ("oklch(0.5 0.17 27)", "oklch(0.8 0.11 23)"),
            "ok": ("oklch(0.48 0.11 150)", "oklch(0.8 0.12 150)"),
            "warn": ("oklch(0.5 0.11 72)", "oklch(0.82 0.12 80)"),
        },
        fonts={"sans": ROUNDED, "serif": ROUNDED, "mono": MONO},
        corners=("10px", "16px", "24px"),
    )
)

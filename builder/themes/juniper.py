"""Juniper: green on warm paper. The theme of a new app; static/css/app/tokens.css contains the same values."""

from builder.themes import Theme, themes

themes.register(
    Theme(
        name="juniper",
        label="Juniper",
        hint="Green on warm paper, headings with serifs.",
        colours={
            "paper": ("oklch(0.985 0.006 95)", "oklch(0.19 0.01 155)"),
            "raised": ("oklch(1 0 0)", "oklch(0.235 0.012 155)"),
            "tint": ("oklch(0.952 0.014 118)", "oklch(0.27 0.018 155)"),
            "face": ("oklch(0.89 0.03 118)", "oklch(0.36 0.032 155)"),
            "line": ("oklch(0.91 0.012 105)", "oklch(0.32 0.012 155)"),
            "edge": ("oklch(0.62 0.014 120)", "oklch(0.56 0.016 155)"),
            "ink": ("oklch(0.27 0.024 158)", "oklch(0.94 0.008 120)"),
            "soft": ("oklch(0.5 0.023 153)", "oklch(0.75 0.016 140)"),
            "accent": ("oklch(0.44 0.068 158)", "oklch(0.8 0.09 158)"),
            "fill": ("oklch(0.44 0.068 158)", "oklch(0.5 0.072 158)"),
            "fill-over": ("oklch(0.39 0.062 158)", "oklch(0.55 0.076 158)"),
            "on-fill": ("oklch(0.99 0.006 120)", "oklch(0.99 0.006 120)"),
            "danger": ("oklch(0.5 0.17 27)", "oklch(0.8 0.11 23)"),
            "ok": ("oklch(0.48 0.11 150)", "oklch(0.8 0.12 150)"),
            "warn": ("oklch(0.5 0.11 72)", "oklch(0.82 0.12 80)"),
        },
    )
)

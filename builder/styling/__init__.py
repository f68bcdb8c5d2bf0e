"""How an app looks: theme, named styles, breakpoints and conditions, and the style sheets that come of them. Pure."""

"""How an app looks: theme, named styles, breakpoints and conditions, and the style sheets made from them. Pure."""

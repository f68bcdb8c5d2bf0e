"""The property panel: the controls for one element, for several, or for a condition."""

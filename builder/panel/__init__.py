"""The property panel: what is asked of an element, of several, of a condition, and the controls it is asked by."""

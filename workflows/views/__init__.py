"""Views of workflows and of live pages."""

"""HTML export: listings as a page."""

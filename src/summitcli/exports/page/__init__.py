"""The export to HTML: listings as a page."""

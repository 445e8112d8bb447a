"""HTML: how listings become a page."""

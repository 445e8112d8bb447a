"""The website of a schedule: static pages and feeds, and publishing them in a directory."""

PAGES, FEEDS = "pages", "feeds"
PARTS = (PAGES, FEEDS)
"""The parts of a site that can be published alone."""

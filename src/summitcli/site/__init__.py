"""The website of a schedule: static pages and feeds, and publishing them in a directory."""

PAGES, FEEDS = "pages", "feeds"
PARTS = (PAGES, FEEDS)
"""The parts of a site. Each can be published without the other."""

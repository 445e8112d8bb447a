"""The website of a schedule: static pages and feeds, and publishing them in a directory."""

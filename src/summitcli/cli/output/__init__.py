"""How an answer leaves: drawn, as text, as a calendar, as a page."""

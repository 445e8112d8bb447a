"""What an id of a session, a category or a conference is made of."""

ID = "[a-z0-9]+(-[a-z0-9]+)*"
"""Small ASCII letters and digits in words joined by hyphens, as a regular expression with one group."""


def is_id(text: str) -> bool:
    """Return whether ``text`` is made as ids are, of whatever length."""
    return text.isascii() and text == text.lower() and all(word.isalnum() for word in text.split("-"))

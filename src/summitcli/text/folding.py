"""Folding: giving texts that differ only in case, width or white space one form, to compare them."""

from summitcli.text.printable import may_hide


def fold(text: str) -> str:
    """Return ``text`` in a form in which texts that differ only in case, width or white space are equal.

    Folding a folded text changes nothing. Full-width and other compatibility characters become their plain
    forms (Unicode NFKC), so that ``５Ｇ`` equals ``5g``. Invisible characters are removed, as in caseless
    matching of identifiers (Unicode section 3.13, definition D147).
    """
    if not text.isascii():
        import unicodedata

        if not text.isprintable():
            # Nearly every description has line ends, which alone should not cause the slow check below.
            text = " ".join(text.split())
        if not text.isprintable() or may_hide(text):
            from summitcli.text.invisible import without_ignorable

            text = without_ignorable(text)
        # Case folding can undo composition and the reverse (Unicode 3.13, caseless matching, D146).
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(text.casefold().split())

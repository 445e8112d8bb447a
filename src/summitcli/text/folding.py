"""Text reduced to what people mean when they type it, for comparing names."""

from summitcli.text.printable import may_hide


def fold(text: str) -> str:
    """``text`` without differences of case, width and spacing; folding twice changes nothing more.

    Full-width and other compatibility characters become their plain forms (Unicode NFKC), so that
    ``５Ｇ`` equals ``5g``. What can't be seen is left out, as Unicode has it for caseless names (3.13, D147).
    """
    if not text.isascii():
        import unicodedata

        if not text.isprintable():
            # Line ends are no reason to look at each letter, as there are some in every description.
            text = " ".join(text.split())
        if not text.isprintable() or may_hide(text):
            from summitcli.text.invisible import without_ignorable

            text = without_ignorable(text)
        # Case folding can undo composition and the reverse (Unicode 3.13, caseless matching, D146).
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(text.casefold().split())

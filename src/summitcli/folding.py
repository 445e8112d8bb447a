"""Text reduced to what people mean when they type it, for comparing names."""


def fold(text: str) -> str:
    """``text`` without differences of case, width and spacing; folding twice changes nothing more.

    Full-width and other compatibility characters become their plain forms (Unicode NFKC), so that
    ``５Ｇ`` equals ``5g``.
    """
    if not text.isascii():
        import unicodedata

        # Case folding can undo composition and the reverse (Unicode 3.13, caseless matching, D146).
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(text.casefold().split())

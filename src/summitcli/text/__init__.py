"""Text utilities: escaping for terminals, width, folding, dates and identifiers."""

"""Text: made safe for a terminal, measured, folded and compared."""

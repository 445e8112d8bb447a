"""The long runs: every row of what must hold, at its full count, in one table. ``make soak`` runs them."""

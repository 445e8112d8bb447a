"""Long-running reliability tests, run by ``make soak``, with the results in one table."""

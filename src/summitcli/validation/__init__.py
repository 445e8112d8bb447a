"""What is wrong with a schedule: the strict rules of formats, and problems with their places."""

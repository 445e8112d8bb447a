"""Development scripts, run by hand or by make."""

"""The program's texts in languages other than English, with one module for each language."""

"""Spreadsheets: CSV, TSV and workbooks (.xlsx, .ods) whose columns are recognised by their names.

:mod:`~summitcli.formats.tables.delimited` and :mod:`~summitcli.formats.tables.workbook` are the two formats.
Both yield rows of texts, which :mod:`~summitcli.formats.tables.drafting` turns into a draft.
"""

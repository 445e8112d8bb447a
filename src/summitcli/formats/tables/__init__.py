"""Spreadsheets: CSV, TSV and workbooks (.xlsx, .ods). The columns are recognised by their names.

Text tables (:mod:`~summitcli.formats.tables.delimited`) and workbooks
(:mod:`~summitcli.formats.tables.workbook`) are the two formats. Both yield rows of texts, which
:mod:`~summitcli.formats.tables.drafting` turns into events.
"""

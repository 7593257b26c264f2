"""Two packs compared, in words an official reads: two years of a programme, or two cities.

`compare.compare` says what changed, item by item; `report.report` prints it, `report.as_data` gives it to programs.
"""

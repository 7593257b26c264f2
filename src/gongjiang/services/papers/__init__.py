"""Sheets of paper: stamped scans matched to what was printed, papers that arrive, receipts."""

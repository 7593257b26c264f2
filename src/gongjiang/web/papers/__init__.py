"""Paper: a case's prints and stamped scans; what arrived at an office, and receipts."""

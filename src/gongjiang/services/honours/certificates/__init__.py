"""Certificates of honours: issue, print and sign, publish as credentials, check."""

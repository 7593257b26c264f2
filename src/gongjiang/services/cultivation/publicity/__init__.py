"""Courtesy policies (礼遇政策, measures-2025 第十六条) and pieces in the media (第十九条; ledger M-23)."""

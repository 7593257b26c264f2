"""Ground of these tests: artisans with promised benefits (paid.py)."""

from tests.services.funds.paid import here, paid_once

__all__ = ["here", "paid_once"]

"""Letters of recommendation, written by the experts themselves or handed in for them."""

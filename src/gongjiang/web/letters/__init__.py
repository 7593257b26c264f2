"""Letters of recommendation: the page of whoever asks for them, and the page behind an expert's link."""

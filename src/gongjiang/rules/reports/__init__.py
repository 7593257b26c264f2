"""Reports that units owe: what is in them, which steps they take."""

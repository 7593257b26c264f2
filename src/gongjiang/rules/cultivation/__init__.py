"""What follows an honour: who has a hand in it, what is entered in its log, how far its term has run."""

"""Pages of training: camps and activities, attendance, the log, the rounds of 测—学—践—评."""

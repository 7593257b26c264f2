"""The plan of one artisan: started, written in turns, agreed by three, changed in versions, its milestones done."""

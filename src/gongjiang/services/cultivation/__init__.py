"""What follows an honour: plans, mentors, training, activities, contact; who may see and do what."""

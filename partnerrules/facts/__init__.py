"""What is known of one case, and the conditions that are asked of it."""

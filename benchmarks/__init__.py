"""What a check costs, as ratios to work that nobody can avoid, measured in the same run."""

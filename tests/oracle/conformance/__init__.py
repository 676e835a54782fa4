"""What every operator and every measure comes to, by the kind of answer."""

"""What must never stand in a file that git tracks."""

"""The office keeps to the manners that its netiquette asks of everybody else."""

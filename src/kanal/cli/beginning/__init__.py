"""What `kanal init` does: which answers it needs, how it asks for them, and which files follow from them."""

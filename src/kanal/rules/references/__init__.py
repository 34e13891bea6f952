"""What a draft refers to must exist: channels, pictures, mentions."""

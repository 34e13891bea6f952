"""What tells more about people than the public needs to know: in words, pictures and links, and on the channels."""

"""Who agreed to a post, and whether somebody is there to answer."""

"""What the networks take: lengths, counts, formats. The numbers stand with each platform's `limits`."""

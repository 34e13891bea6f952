"""What the detectors and the default policy are measured with: labelled sentences, and ordinary drafts of an office."""

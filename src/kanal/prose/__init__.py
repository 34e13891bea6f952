"""Running text as people read it: words, sentences, syllables, quotations.

How networks count a text is `kanal.text`'s business, and what must not go out is `kanal.detect`'s. Pure functions; they
know no draft, no policy and no rule. Offsets count code points and stay those of the text that was handed in.
"""

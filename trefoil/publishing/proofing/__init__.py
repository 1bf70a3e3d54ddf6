"""What is looked at before a document goes: sums, shares, small numbers, names, figures, links, words for pictures."""

"""Where things go: columns, ways around cards, bundles, labels; px and rectangles, and nothing of a topology."""

"""Pieces of a document whatever its format, and the formats that write them: Markdown, AsciiDoc, reStructuredText."""

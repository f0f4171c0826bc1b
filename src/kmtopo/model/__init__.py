"""Typed nouns as written: Document -> Topology."""

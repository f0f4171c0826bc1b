"""Deployment -> Graph, and what can be asked of it."""

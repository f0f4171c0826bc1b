"""Secrets: made where they are missing, judged where they are kept, replaced one at a time; no value is ever shown."""

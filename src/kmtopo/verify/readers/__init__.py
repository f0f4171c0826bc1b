"""Readers of built files, each by the rules of the format and none by the emitter's."""

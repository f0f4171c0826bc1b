"""The critic that is a machine: a picture read back, and what must not happen in it."""

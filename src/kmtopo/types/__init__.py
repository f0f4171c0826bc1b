"""The catalogue: what kmtopo knows about each type of container."""

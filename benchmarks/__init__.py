"""Measures kmtopo against a floor that nobody can beat and a script that anybody would write."""

"""The deployment view of several machines: a box for each, an arrow for all calls from one to another."""

"""Real programs as plain functions: what a test needs to see an artefact accepted by its reader."""

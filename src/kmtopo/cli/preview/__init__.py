"""The live preview: the explorer in a browser, drawn anew whenever the project is saved."""

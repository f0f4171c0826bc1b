"""What stands for what in every view: cards' outlines, marks, pictograms, lines, headings and legends."""

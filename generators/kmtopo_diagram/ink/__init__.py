"""How anything is put on paper: SVG and what is made of it, colours, letters and their widths."""

"""A site whose pages show the topology: `pip install 'kmtopo[sphinx]'`, then `sphinx-build . _build`."""

project = "Hello"
extensions = ["kmtopo.sphinx"]
kmtopo_topology = "../01-minimal/topology.yaml"
html_theme = "alabaster"
exclude_patterns = ["_build"]

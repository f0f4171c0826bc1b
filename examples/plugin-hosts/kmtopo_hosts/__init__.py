"""For kmtopo: the hosts of tenants as a hosts file, and a name server that serves them."""

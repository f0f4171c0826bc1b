"""Claims: what the built files must say. Each is one function from what is rebuilt and the deployment to findings."""

"""Pages: probes for machines, the state of the service, jobs, the trail, and what is told to the public."""

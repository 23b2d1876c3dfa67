"""What leaves the pages: the look of charts."""

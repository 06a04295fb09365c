"""Where on earth a point lies, and whose airspace that is. Pure and offline."""

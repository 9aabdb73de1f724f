"""What has a version of its own: loaded, saved, written into the history."""

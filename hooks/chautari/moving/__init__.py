"""Moving in: what stood on another platform becomes files of this hub."""

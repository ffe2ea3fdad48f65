"""Pictures mended for a marketplace, with the product untouched."""

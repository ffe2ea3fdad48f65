"""Where the product lies in the frame; mattes go along."""

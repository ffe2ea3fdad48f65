"""What looks around each pixel: smoothing, sharpening, edges, uneven light."""

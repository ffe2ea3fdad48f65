"""Products cut out of their photos: by a model, by GrabCut, by rembg."""

"""One attribute changed: did it change, and did all else stay?"""

import dataclasses

import numpy as np
from keras import ops
from skimage.metrics import structural_similarity

from keras_productgen import metrics
from keras_productgen.data.catalog.changing import changed
from keras_productgen.data.catalog.conditions import condition_arrays
from keras_productgen.evaluation import intervals


@dataclasses.dataclass
class ChangeFidelity:
    """What `change_fidelity` has found; one row a product.

    Args:
        name: the attribute that was changed.
        psnr: float array `(num_items,)`, in dB, of the whole picture against
            the true one.
        psnr_unchanged: float array, the same of the picture as it was: what a
            model gets that does nothing.
        psnr_inside: float array, within the product's mask.
        ssim_inside: float array, structural similarity within the mask.
        before: uint8 array `(num_items, height, width, 3)`.
        true: uint8 array, rendered with the change.
        made: uint8 array, by the model.
    """

    name: str
    psnr: np.ndarray
    psnr_unchanged: np.ndarray
    psnr_inside: np.ndarray
    ssim_inside: np.ndarray
    before: np.ndarray
    true: np.ndarray
    made: np.ndarray

    @property
    def mean_psnr(self):
        """Mean of `psnr`, in dB."""
        return float(self.psnr.mean())

    @property
    def interval(self):
        """95 % interval `(low, high)` of `mean_psnr`."""
        count = len(self.psnr)
        error = self.psnr.std(ddof=1) / np.sqrt(count)
        return intervals.around(self.mean_psnr, error, count)


def change_fidelity(translate, catalog, name, num_items=256, seed=0):
    """Compares changed pictures with the catalogue's own renders of the change.

    Each product gets the value that another of its category has.

    ```python
    found = kpg.evaluation.change_fidelity(model.translate, catalog, "color")
    found.mean_psnr, found.interval
    ```

    Args:
        translate: function of pictures `(num_items, height, width, 3)`, float32
            with values 0-255, and of a dict `{name: rows}` with what is wanted,
            that returns pictures; `StarGAN.translate` is one.
        catalog: `ProductCatalog`, with other products than those of the
            training: another seed.
        name: the attribute, out of the conditions of `ProductCatalog.dataset`
            but `"category"`.
        num_items: int, at least 2.
        seed: int >= 0, of the changes.

    Returns:
        `ChangeFidelity`.

    Raises:
        ValueError: if there are fewer than 2 products, `name` is not an
            attribute in which products differ, or `translate` returns pictures
            of another shape.
    """
    if not 2 <= num_items <= len(catalog):
        raise ValueError(
            f"`num_items` must be from 2 to {len(catalog)}, the length of the "
            f"catalogue. Received: num_items={num_items}"
        )
    items = [catalog.item(index) for index in range(num_items)]
    wanted = [changed(catalog, item, (name,), seed) for item in items]
    before = np.stack([catalog.render_image(item) for item in items])
    products = catalog.render_batch(wanted)
    true = np.stack([product.image for product in products])
    masks = np.stack([product.mask for product in products])
    rows = condition_arrays(wanted, (name,))
    made = np.asarray(translate(before.astype("float32"), rows))
    if made.shape != before.shape:
        raise ValueError(
            "`translate` must return pictures of the shape it is given, "
            f"{before.shape}. Received: shape {made.shape}"
        )
    made = np.clip(np.round(made), 0, 255).astype("uint8")
    return ChangeFidelity(name, **_measured(before, true, made, masks > 0))


def _measured(before, true, made, masks):
    masks = masks.reshape(*true.shape[:3], 1)
    return {
        "psnr": ops.convert_to_numpy(metrics.psnr(true, made)),
        "psnr_unchanged": ops.convert_to_numpy(metrics.psnr(true, before)),
        "psnr_inside": ops.convert_to_numpy(
            metrics.psnr(true, made, mask=masks)
        ),
        "ssim_inside": np.array(
            [_ssim_inside(*three) for three in zip(true, made, masks)]
        ),
        "before": before,
        "true": true,
        "made": made,
    }


def _ssim_inside(true, made, mask):
    """Mean of the local similarities where the mask is."""
    _, local = structural_similarity(
        true,
        made,
        data_range=255,
        channel_axis=-1,
        gaussian_weights=True,
        full=True,
    )
    return local[mask[..., 0]].mean()

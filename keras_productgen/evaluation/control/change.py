"""One attribute changed: did it change, and did all else stay?"""

import dataclasses

import numpy as np
from keras import ops
from skimage.metrics import structural_similarity

from keras_productgen import metrics
from keras_productgen.data.catalog.conditions import condition_arrays
from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.visible_changes import visible_changes

# What rounding to whole grey levels leaves, uniform from -1/2 to 1/2. Nothing
# nearer is told apart, and one picture of infinity would hide all others.
LARGEST_PSNR = 20.0 * np.log10(255.0) + 10.0 * np.log10(12.0)


@dataclasses.dataclass
class ChangeFidelity:
    """What `change_fidelity` has found; one row a product.

    Args:
        name: the attribute that was changed.
        psnr: float array `(num_items,)`, in dB, of the whole picture against
            the true one; at most 58.9, which is what rounding leaves.
        psnr_unchanged: float array, the same of the picture as it was: what a
            model gets that does nothing.
        psnr_inside: float array, within the product's mask.
        ssim_inside: float array, structural similarity within the mask.
        before: uint8 array `(num_items, height, width, 3)`.
        true: uint8 array, rendered with the change.
        made: uint8 array, by the model.
        indices: int array `(num_items,)`, which products of the catalogue.
    """

    name: str
    psnr: np.ndarray
    psnr_unchanged: np.ndarray
    psnr_inside: np.ndarray
    ssim_inside: np.ndarray
    before: np.ndarray
    true: np.ndarray
    made: np.ndarray
    indices: np.ndarray

    @property
    def mean_psnr(self):
        """Mean of `psnr`, in dB."""
        return float(self.psnr.mean())

    @property
    def interval(self):
        """95 % interval `(low, high)` of `mean_psnr`."""
        return _interval(self.psnr)

    @property
    def gain(self):
        """Float array `(num_items,)`: dB above what doing nothing gets."""
        return self.psnr - self.psnr_unchanged

    @property
    def mean_gain(self):
        """Mean of `gain`, in dB: 0 of a model that does nothing."""
        return float(self.gain.mean())

    @property
    def gain_interval(self):
        """95 % interval `(low, high)` of `mean_gain`."""
        return _interval(self.gain)

    def __str__(self):
        low, high = self.interval
        least, most = self.gain_interval
        return (
            f"{self.name}: {self.mean_psnr:.2f} dB ({low:.2f} to {high:.2f}) "
            f"from the true render, {self.mean_gain:+.2f} ({least:+.2f} to "
            f"{most:+.2f}) to doing nothing, {len(self.psnr)} products"
        )


def change_fidelity(translate, catalog, name, num_items=256, seed=0):
    """Compares changed pictures with the catalogue's own renders of the change.

    Each product gets the value that another of its category has. A change that
    its picture does not show, such as the second colour of a plain shirt, says
    nothing: another is drawn, or another product taken.

    ```python
    found = kpg.evaluation.change_fidelity(model.translate, catalog, "color")
    found.mean_psnr, found.interval
    found.mean_gain, found.gain_interval
    ```

    Decibels say little beside those of doing nothing, which differ by the
    attribute: gloss hardly shows, another colour is most of the picture.

    Args:
        translate: function of pictures `(num_items, height, width, 3)`, float32
            with values 0-255, and of a dict `{name: rows}` with what is wanted,
            that returns pictures; `StarGAN.translate` is one.
        catalog: `ProductCatalog`, with other products than those of the
            training: another seed.
        name: the attribute, out of the conditions of `ProductCatalog.dataset`
            but `"category"`.
        num_items: int, at least 2, the products that are changed; fewer where
            the catalogue has no more whose change shows.
        seed: int >= 0, of the changes.

    Returns:
        `ChangeFidelity`.

    Raises:
        ValueError: if there are fewer than 2 products, `name` is not an
            attribute in which products differ, or `translate` returns pictures
            of another shape, or NaN or infinity.
    """
    if not 2 <= num_items <= len(catalog):
        raise ValueError(
            f"`num_items` must be from 2 to {len(catalog)}, the length of the "
            f"catalogue. Received: num_items={num_items}"
        )
    changes = visible_changes(catalog, name, num_items, seed)
    indices, before, items, products = zip(*changes)
    before = np.stack(before)
    true = np.stack([product.image for product in products])
    masks = np.stack([product.mask for product in products])
    rows = condition_arrays(items, (name,))
    made = np.asarray(translate(before.astype("float32"), rows))
    _check_made(made, before.shape)
    made = np.clip(np.round(made), 0, 255).astype("uint8")
    measured = _measured(before, true, made, masks > 0)
    return ChangeFidelity(name, **measured, indices=np.array(indices))


def _check_made(made, shape):
    if made.shape != shape:
        raise ValueError(
            "`translate` must return pictures of the shape it is given, "
            f"{shape}. Received: shape {made.shape}"
        )
    if not np.isfinite(made).all():
        count = (~np.isfinite(made)).any(axis=(1, 2, 3)).sum()
        raise ValueError(
            "`translate` must return finite numbers. Received: NaN or infinity "
            f"in {count} of {len(made)} pictures"
        )


def _measured(before, true, made, masks):
    masks = masks.reshape(*true.shape[:3], 1)
    return {
        "psnr": _psnr(true, made),
        "psnr_unchanged": _psnr(true, before),
        "psnr_inside": _psnr(true, made, mask=masks),
        "ssim_inside": np.array(
            [_ssim_inside(*three) for three in zip(true, made, masks)]
        ),
        "before": before,
        "true": true,
        "made": made,
    }


def _psnr(true, images, **kwargs):
    found = metrics.psnr(true, images, **kwargs)
    return np.minimum(ops.convert_to_numpy(found), LARGEST_PSNR)


def _interval(values):
    error = values.std(ddof=1) / np.sqrt(len(values))
    return intervals.around(float(values.mean()), error, len(values))


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

"""How well damaged pictures are restored, by filters and by models."""

import time

import numpy as np

from keras_productgen import images
from keras_productgen.evaluation.restoration import candidates as candidates_
from keras_productgen.evaluation.restoration.photos import read_photos
from keras_productgen.evaluation.restoration.protocols import protocols
from keras_productgen.evaluation.restoration.result import RestorationScores
from keras_productgen.evaluation.restoration.scores import compared
from keras_productgen.evaluation.restoration.scores import scores_of
from keras_productgen.evaluation.restoration.sheet import Shown

NUM_SHOWN = 2


def measure_restoration(
    pictures,
    tasks=None,
    methods=candidates_.KINDS,
    models=None,
    num_images=None,
    seed=0,
    as_files=False,
    luma=None,
    crop_size=1024,
    progress=None,
):
    """Damages clean pictures, restores them by each method, and compares.

    By the protocols of articles: noise of sigma 25, 15 and 50 that is neither
    rounded nor clipped; bicubic shrinking as in MATLAB, sides cut to multiples
    of the scale, the luma alone (BT.601) without `scale` pixels of border; JPEG
    of quality 20, 10 and 40. Blur, low light, colour casts and mixed damage are
    those of `kpg.data.degradation.preset`; of filled holes the PSNR counts the
    holes. Results are rounded to uint8 first. The same pictures, seed and
    settings give the same figures, but for the seconds.

    ```python
    found = kpg.evaluation.measure_restoration("photos", ["denoise", "jpeg"])
    print(found)
    kpg.images.save("sheet.png", found.sheet())
    ```

    Args:
        pictures: path of a folder of clean pictures; or a list of uint8 arrays
            `(height, width, 3)`, RGB, or an array of them.
        tasks: optional names out of `kpg.data.degradation.presets()`. Defaults
            to all.
        methods: what is measured, out of `"damaged"` (nothing is done),
            `"classical"` (all of `kpg.editing.classical`) and `"model"`.
        models: optional dict from names to further models with `restore`. Each
            is measured on every task of its scale.
        num_images: optional int, at most how many pictures; they are drawn.
        seed: int, of the draw, the damage and the intervals.
        as_files: bool, whether noisy pictures are rounded and clipped to 0-255
            before methods get them, as files have it.
        luma: optional bool, whether the luma alone counts, or all of RGB. By
            default what is usual for the task: for larger pictures the luma.
        crop_size: optional int; of larger pictures the middle is measured.
        progress: optional function called with `(done, total)`.

    Returns:
        `RestorationScores`.

    Raises:
        ValueError: if there is no picture, or a setting is none of these.
    """
    tasks = candidates_.check_tasks(tasks)
    kinds = candidates_.check_kinds(methods)
    models = dict(models or {})
    candidates_.check_models(models)
    own = candidates_.shipped(tasks) if candidates_.MODEL in kinds else {}
    photos = read_photos(pictures, num_images, seed, crop_size)
    tests = protocols(tasks, as_files, luma)
    scores, shown = [], []
    for number, test in enumerate(tests):
        known = dict(models)
        if test.task in own:
            known[f"model {test.task}"] = own[test.task]
        found = candidates_.candidates(test, kinds, known)
        results = _measured(test, found, photos, seed, shown)
        scores += scores_of(test, results, seed)
        if progress is not None:
            progress(number + 1, len(tests))
    return RestorationScores(
        scores,
        len(photos.images),
        photos.source,
        photos.skipped,
        [*photos.notices, *_notices(tests, as_files)],
        shown,
    )


def _measured(test, candidates, photos, seed, shown):
    """Returns a dict from candidates to `(num_images, 3)` figures."""
    rows = {candidate: [] for candidate in candidates}
    for index, clean in enumerate(photos.images):
        if min(clean.shape[:2]) <= 2 * test.border + test.scale:
            raise ValueError(
                f"Pictures must be larger for {test.task}. Received: "
                f"{photos.names[index]} of shape {clean.shape}"
            )
        clean, damaged, missing = test.pair(clean, (seed, index))
        made = {}
        for candidate in candidates:
            began = time.perf_counter()
            made[candidate] = images.to_uint8(
                candidate.restore(damaged, missing)
            )
            seconds = time.perf_counter() - began
            figures = compared(test, clean, made[candidate], missing)
            per_megapixel = seconds * 1e6 / (clean.shape[0] * clean.shape[1])
            rows[candidate].append((*figures, per_megapixel))
        if index < NUM_SHOWN:
            shown.append(Shown(test, damaged, made, clean))
    return {c: np.array(r, "float64") for c, r in rows.items() if r}


def _notices(tests, as_files):
    notices = []
    if any(test.task == "denoise" for test in tests):
        notices.append(
            "Noisy pictures were rounded and clipped first, as files have it."
            if as_files
            else "Noise was neither rounded nor clipped, as in articles."
        )
    if any(test.luma for test in tests):
        notices.append(
            "Of "
            + ", ".join(dict.fromkeys(t.task for t in tests if t.luma))
            + " the luma counts (BT.601)."
        )
    if any(test.holes for test in tests):
        notices.append("Of inpaint the PSNR counts the holes alone.")
    return notices

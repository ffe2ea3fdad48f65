"""What `find_problems` finds of planted problems, and what it flags wrongly.

    python -m benchmarks.cleaning_recall ../shared/data/clothing

Copies and spoiled versions of photos are put beside all the photos of the
folder, other photos for each kind; then catalogue renders, all of them
different products, are looked through.
"""

import pathlib
import sys
import tempfile

import cv2
import numpy as np
import skimage

from keras_productgen import data
from keras_productgen import images

NUM_EACH = 100


def compressed(photo, quality=50):
    return images.decode(images.encode(photo, "JPEG", quality=quality))


def cropped(photo, share=0.05):
    top, left = (round(side * share / 2) for side in photo.shape[:2])
    return photo[top:-top, left:-left]


def cut_at_two_sides(photo):
    top, left = (round(side * 0.05) for side in photo.shape[:2])
    return photo[top:, :-left]


def halved(photo):
    height, width = photo.shape[:2]
    return images.resize(photo, (height // 2, width // 2), "stretch")


def marked(photo, text="SAMPLE", strength=0.4):
    overlay, size = photo.copy(), photo.shape[1] / 140
    place = (round(photo.shape[1] * 0.08), round(photo.shape[0] * 0.55))
    thickness = max(1, round(2.2 * size))
    cv2.putText(overlay, text, place, 0, 1.1 * size, (255,) * 3, thickness)
    return cv2.addWeighted(overlay, strength, photo, 1 - strength, 0)


def signed(photo):
    height, width = photo.shape[:2]
    place = (round(width * 0.5), round(height * 0.96))
    return cv2.putText(
        photo.copy(), "www.shop.com", place, 0, width / 450, (255,) * 3, 1
    )


def blurred(sigma):
    return lambda photo: cv2.GaussianBlur(photo, (0, 0), sigma)


COPIES = {
    "JPEG, quality 50": compressed,
    "half the size": halved,
    "cropped by 5 %": cropped,
    "5 % cut off at two sides": cut_at_two_sides,
    "cropped by 10 %": lambda photo: cropped(photo, 0.1),
    "20 % brighter": lambda photo: images.to_uint8(photo * 1.2),
    "30 % darker": lambda photo: images.to_uint8(photo * 0.7),
    "address in a corner": signed,
    "SAMPLE across it, 40 %": marked,
    "mirrored": lambda photo: photo[:, ::-1],
    "mirrored, JPEG 50": lambda photo: compressed(photo[:, ::-1]),
    "half, cropped, marked, JPEG 70": lambda photo: compressed(
        marked(cropped(halved(photo))), 70
    ),
}
SPOILED = {
    "blur, sigma 1.5": ("blurred", blurred(1.5)),
    "blur, sigma 2": ("blurred", blurred(2)),
    "blur, sigma 3": ("blurred", blurred(3)),
    "a quarter of the light": ("dark", lambda photo: photo * 0.25),
    "washed out": ("bright", lambda photo: photo * 0.12 + 222),
}


def main(directory):
    print("| planted | as | found |\n|---|---|---|")
    paths = sorted(pathlib.Path(directory).glob("**/*.jpg"))
    order = np.random.default_rng(0).permutation(len(paths))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        planted = plant(folder, [paths[index] for index in order])
        num_others = plant_others(folder / "other")
        report_planted(data.find_problems(folder), planted, num_others)
    report_overlays(paths)
    for name, size, count, attributes in (
        ("catalogue, 64 pixels", 64, 3000, {}),
        ("catalogue, 128 pixels", 128, 1000, {}),
        (
            "plain products on white, 64 pixels",
            64,
            2000,
            {"background": "white", "pattern": "plain"},
        ),
    ):
        report_catalog(name, size, count, attributes)


def plant(folder, paths):
    """Returns `{kind: (reason, paths)}` of what was put beside the photos."""
    (folder / "photos").mkdir()
    for number, path in enumerate(paths):
        # Copied: links would be left alone.
        copy = folder / f"photos/{number:05}.jpg"
        copy.write_bytes(path.read_bytes())
    kinds = {k: ("near_duplicate", f) for k, f in COPIES.items()} | SPOILED
    planted = {}
    for place, (kind, (reason, function)) in enumerate(kinds.items()):
        planted[kind] = reason, []
        for number in range(place * NUM_EACH, (place + 1) * NUM_EACH):
            photo = np.ascontiguousarray(function(images.load(paths[number])))
            name = f"planted/{place:02}_{number:05}.jpg"
            images.save(folder / name, photo, quality=90)
            planted[kind][1].append((name, f"photos/{number:05}.jpg"))
    return planted


def plant_others(folder):
    """Pictures that come with scikit-image: faces, cells, a page, ..."""
    source = pathlib.Path(skimage.__file__).parent / "data"
    folder.mkdir()
    paths = [*source.glob("*.png"), *source.glob("*.jpg")]
    for path in paths:
        (folder / path.name).write_bytes(path.read_bytes())
    return len(paths)


def report_planted(report, planted, num_others):
    reasons = {finding.path: finding.reasons for finding in report.findings}
    for kind, (reason, pairs) in planted.items():
        # Of a copy and its original either may be the one to go.
        either = 2 if reason == "near_duplicate" else 1
        found = sum(
            any(reason in reasons.get(path, ()) for path in pair[:either])
            for pair in pairs
        )
        print(f"| {kind} | {reason} | {found} of {len(pairs)} |")
    found = [
        path for path in report.paths("outlier") if path.startswith("other/")
    ]
    print(f"| no products | outlier | {len(found)} of {num_others} |")
    originals = {pair[1] for _, pairs in planted.values() for pair in pairs}
    wrong = [
        (finding.path, finding.reasons)
        for finding in report.findings
        if finding.path.startswith("photos/") and finding.path not in originals
    ]
    print(f"\nFlagged among the other photos: {len(wrong)}")
    for path, why in wrong:
        print(f"- {path}: {', '.join(why)}")


def report_overlays(paths):
    print("\n| overlay | share of the photos | found | wrongly |")
    print("|---|---|---|---|")
    for name, function in (("SAMPLE, 40 %", marked), ("corner", signed)):
        for share in (1.0, 0.3, 0.1):
            found = overlays(paths[::5], function, share)
            print(f"| {name} | {share:.0%} | {found[0]} | {found[1]} |")


def overlays(paths, function, share):
    chosen = np.random.default_rng(1).random(len(paths)) < share
    with tempfile.TemporaryDirectory() as folder:
        for number, (path, wanted) in enumerate(zip(paths, chosen)):
            photo = images.load(path)
            photo = function(photo) if wanted else photo
            images.save(f"{folder}/{number:05}.jpg", photo, quality=90)
        report = data.find_problems(folder, encoder=None)
        flagged = {int(path[:5]) for path in report.paths("watermark")}
    truth = set(np.flatnonzero(chosen).tolist())
    return f"{len(flagged & truth)} of {len(truth)}", len(flagged - truth)


def report_catalog(name, size, count, attributes):
    catalog = data.ProductCatalog(size, seed=1, attributes=attributes)
    with tempfile.TemporaryDirectory() as folder:
        for index in range(count):
            path = f"{folder}/{index:05}.png"
            images.save(path, catalog.render_image(catalog.item(index)))
        report = data.find_problems(folder)
    print(f"\n{name}, {count} different products: {report.counts}")


if __name__ == "__main__":
    main(sys.argv[1])

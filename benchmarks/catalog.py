"""How fast `kpg.data.ProductCatalog` makes pictures.

Pictures a second at several sizes with one and two threads, through
`render_image`, and through `dataset()` with and without the cache.

    python -m benchmarks.catalog
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from keras_productgen.data import ProductCatalog

ROUNDS = 5


def main():
    """Returns the measurements as rows `{"name", "value", "unit"}`."""
    rows = []
    for image_size, count in ((64, 260), (128, 130), (256, 52)):
        catalog = ProductCatalog(image_size, seed=0)
        for workers in (1, 2):
            rate = median_rate(
                count,
                lambda round, count=count, catalog=catalog, workers=workers: (
                    render(catalog, round * count, count, workers)
                ),
            )
            name = f"catalog {image_size} px, {workers} thread(s)"
            rows.append(row(name, rate))
    for cache in (False, True):
        catalog = ProductCatalog(64, seed=0, num_items=320)
        dataset = catalog.dataset(32, cache=cache, workers=2)
        consume(dataset)
        rate = median_rate(320, lambda _, dataset=dataset: consume(dataset))
        rows.append(row(f"catalog.dataset(cache={cache}) 64 px", rate))
    return rows


def row(name, rate):
    return {"name": name, "value": round(rate, 1), "unit": "pictures/s"}


def median_rate(count, job):
    """Median pictures a second over the rounds."""
    rates = []
    for round in range(ROUNDS):
        start = time.perf_counter()
        job(round)
        rates.append(count / (time.perf_counter() - start))
    return statistics.median(rates)


def render(catalog, start, count, workers):
    items = [catalog.item(index) for index in range(start, start + count)]
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(catalog.render_image, items):
            pass


def consume(dataset):
    for _ in dataset:
        pass


if __name__ == "__main__":
    for measured in main():
        print("{name}: {value} {unit}".format(**measured))

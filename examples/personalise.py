"""Does a preference help? Simulated shoppers in front of a trained generator.

    python examples/personalise.py runs/catalog/model.keras --judge judge.keras

A shopper has a hidden rule, out of RULES: two kinds of product, a colour (up to
CIEDE2000 20 from one of the catalogue), two patterns, or a kind of three and a
colour. What they like is drawn from the catalogue by the rule, every tenth by
chance. `Personalise` sees pictures of that alone. A picture that is shown is a
hit if it obeys the rule: by what was asked for ("asked"), and by what a judge,
which has learned from the catalogue alone, sees in it ("made").

Against: what everybody is shown (`personalise(None)`), and the products of the
catalogue that most of the other shoppers like. Intervals are of 95 %, over
shoppers. The judge is fitted and saved where there is none, which takes some
minutes.
"""

import argparse
import os
import pathlib

import keras
import numpy as np

import keras_productgen as kpg
from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.judge import judged
from keras_productgen.evaluation.control.product_color import color_difference
from keras_productgen.evaluation.control.product_color import product_color

RULES = ("category",), ("color",), ("pattern",), ("category", "color")
NAMES = "category", "color", "pattern"
NEAR = 20.0
SHOWN = 12
FIT_SEED, JUDGE_SEED, SHOP_SEED = 1001, 1002, 1003


class Shopper:
    """Likes what obeys a rule.

    Args:
        rule: tuple of the names of conditions.
        shop: dict of conditions, a row a product of the catalogue.
        generator: `numpy.random.Generator`.
    """

    def __init__(self, rule, shop, generator):
        self.rule = rule
        count = 2 if len(rule) == 1 else 3
        kinds, patterns = shop["category"], shop["pattern"]
        self.categories = generator.choice(np.unique(kinds), count, False)
        self.patterns = generator.choice(np.unique(patterns), 2, False)
        wearable = np.isin(kinds, self.categories)
        self.color = shop["color"][generator.choice(np.flatnonzero(wearable))]

    def likes(self, rows):
        """Bool array, a row a product, of a dict of conditions."""
        good = {
            "category": np.isin(rows["category"], self.categories),
            "pattern": np.isin(rows["pattern"], self.patterns),
            "color": self.distances(rows["color"]) < NEAR,
        }
        return np.logical_and.reduce([good[name] for name in self.rule])

    def distances(self, colors):
        wanted = np.broadcast_to(self.color, np.shape(colors))
        return color_difference(colors, wanted)

    def liked(self, shop, count, generator):
        """Rows of the shop; every tenth is there by chance."""
        good = np.flatnonzero(self.likes(shop))
        rows = generator.choice(good, count)
        stray = generator.random(count) < 0.1
        others = generator.integers(len(shop["category"]), size=count)
        return np.where(stray, others, rows)


def read_catalog(size, seed, count):
    """Pictures, and a dict of conditions."""
    catalog = kpg.data.ProductCatalog(size, seed, num_items=count)
    batches = list(catalog.dataset(count // 8, NAMES, shuffle=False))
    pictures = np.concatenate([images.numpy() for images, _ in batches])
    conditions = {
        name: np.concatenate([rows[name].numpy() for _, rows in batches])
        for name in NAMES
    }
    return pictures.astype("uint8"), conditions


def judge_of(path):
    """The judge of a file, fitted first if there is none."""
    held_out = read_catalog(64, JUDGE_SEED, 1040)
    if not os.path.exists(path):
        real = read_catalog(64, FIT_SEED, 6000)
        kpg.evaluation.fit_judge(
            real, held_out, ["category", "pattern"], verbose=2
        ).network.save(path)
    network = keras.saving.load_model(path, compile=False)
    held_out = kpg.evaluation.read_pictures(held_out, 64)
    judge = judged(network, held_out, 6000, {})
    print("the judge is right:", judge.accuracies)
    return judge


def seen(judge, pictures):
    """Conditions as they look; no numbers for colours that cannot be told."""
    colors = [product_color(each) for each in pictures.astype("uint8")]
    return {**judge.predict(pictures), "color": np.array(colors)}


def most_popular(likes, own):
    """Products that most others like."""
    counts = np.delete(likes, own, axis=0).sum(axis=0)
    return np.argsort(-counts, kind="stable")[:SHOWN]


def compare(make, judge, shop, shoppers, num_liked, generator):
    """Dict from a way to hits `(num_shoppers, 2)`, asked and made."""
    pictures, rows = shop
    chosen = [s.liked(rows, num_liked, generator) for s in shoppers]
    likes = np.array(
        [np.isin(np.arange(len(pictures)), liked) for liked in chosen]
    )
    hits = {}
    for number, shopper in enumerate(shoppers):
        preference = make.preference(pictures[chosen[number]])
        shown = make(preference, SHOWN, seed=number)
        known = ~shown.explored
        usual = make(None, SHOWN, seed=number)
        popular = most_popular(likes, number)
        ways = {
            "everybody's": (usual.conditions, usual.images),
            "most popular": (at(rows, popular), pictures[popular]),
            "personalised": (shown.conditions, shown.images),
            "without the explored": (
                at(shown.conditions, known),
                shown.images[known],
            ),
        }
        for name, (asked, made) in ways.items():
            found = [shopper.likes(each) for each in (asked, seen(judge, made))]
            hits.setdefault(name, []).append(np.mean(found, axis=1))
    return {name: np.array(found) for name, found in hits.items()}


def at(rows, places):
    return {name: values[places] for name, values in rows.items()}


def cell(values):
    error = values.std(ddof=1) / np.sqrt(len(values))
    low, high = intervals.around(values.mean(), error, len(values))
    return f"{values.mean():.2f} ({low:.2f} to {high:.2f})"


def print_rows(num_liked, shoppers, hits):
    rules = np.array([" and ".join(shopper.rule) for shopper in shoppers])
    gain = hits["personalised"] - hits["everybody's"]
    for rule in ["all", *dict.fromkeys(rules)]:
        chosen = np.isin(rules, [rule]) | (rule == "all")
        for name, values in {**hits, "gain": gain}.items():
            cells = [cell(column) for column in values[chosen].T]
            print("|", " | ".join([str(num_liked), rule, name, *cells]), "|")


def draw(make, judge, shop, shoppers, out, generator):
    """A row a rule: six that are liked, and six that are made."""
    rows = []
    for shopper in shoppers[: len(RULES)]:
        liked = shop[0][shopper.liked(shop[1], 8, generator)]
        shown = make(make.preference(liked), SHOWN, seed=0)
        gap = np.full_like(liked[:1], 255)
        rows += [liked[:6], gap, shown.images[:6]]
    sheet = kpg.images.grid(np.concatenate(rows), 13)
    kpg.images.save(out, sheet.repeat(2, axis=0).repeat(2, axis=1))


def main(arguments):
    model = keras.saving.load_model(arguments.model, compile=False)
    judge = judge_of(arguments.judge)
    shop = read_catalog(model.image_size, SHOP_SEED, 1040)
    generator = np.random.default_rng(0)
    shoppers = [
        Shopper(RULES[number % len(RULES)], shop[1], generator)
        for number in range(arguments.shoppers)
    ]
    make = kpg.pipeline.Personalise(model, judge)
    draw(make, judge, shop, shoppers, arguments.out, generator)
    for num_liked in arguments.liked:
        hits = compare(make, judge, shop, shoppers, num_liked, generator)
        print_rows(num_liked, shoppers, hits)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a conditional model, .keras")
    parser.add_argument("--judge", type=pathlib.Path, default="judge.keras")
    parser.add_argument("--out", default="personalise.png")
    parser.add_argument("--shoppers", type=int, default=120)
    parser.add_argument("--liked", type=int, nargs="+", default=[1, 3, 8, 20])
    main(parser.parse_args())

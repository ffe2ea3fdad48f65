import pathlib
import sys

from benchmarks import families
from benchmarks.__main__ import text
from benchmarks.families import sheet
from benchmarks.families.contenders import FAMILIES
from keras_productgen import images


def main(num_pictures=24000, seconds=120, num_seeds=3, folder="families"):
    rows = families.main(
        tuple(FAMILIES),
        int(num_pictures),
        float(seconds),
        int(num_seeds),
        folder,
    )
    drawn = sheet.draw(FAMILIES, pathlib.Path(folder))
    images.save(pathlib.Path(folder) / "sheet.png", drawn)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    print(f"| {' | '.join(columns)} |")
    print("|" + " --- |" * len(columns))
    for row in rows:
        print(f"| {' | '.join(text(row.get(key, '')) for key in columns)} |")


if __name__ == "__main__":
    main(*sys.argv[1:])

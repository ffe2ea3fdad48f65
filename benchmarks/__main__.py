"""All benchmarks, or those named; the results go into `benchmarks/results/`.

    python -m benchmarks [training] [augmentation] [catalog] ...

Each module's `main()` returns rows, measured in turns within one run. A file of
JSON and one of Markdown a benchmark say what came out, where and with what.
"""

import datetime
import importlib
import importlib.metadata
import json
import os
import pathlib
import platform
import sys

RESULTS = pathlib.Path(__file__).parent / "results"
BENCHMARKS = (
    "training",
    "augmentation",
    "catalog",
    "image_folder",
    "startup",
    "metrics",
    "distribution_metrics",
    "families",
    "doctor",
    "editing",
    "restoration",
    "serving",
    "serving_client",
    "serving_log",
    "studio_shot",
    "publishing",
)
# Half an hour each: they run when they are named.
LONG = ("serving_soak",)
PACKAGES = (
    "tensorflow",
    "keras",
    "jax",
    "torch",
    "numpy",
    "opencv-python-headless",
    "albumentations",
    "torchmetrics",
)


def machine():
    model = "unknown processor"
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    model = line.split(":")[1].strip()
    return {
        "processor": f"{model}, {os.cpu_count()} cores",
        "system": platform.system(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
        **{name: version(name) for name in PACKAGES},
    }


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def as_markdown(name, module, result):
    rows = result["rows"]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = [f"# {name}", "", module.__doc__.strip(), ""]
    lines.append(f"| {' | '.join(columns)} |")
    lines.append("|" + " --- |" * len(columns))
    for row in rows:
        cells = [text(row.get(column, "")) for column in columns]
        lines.append(f"| {' | '.join(cells)} |")
    lines.append("")
    facts = [f"{key} {value}" for key, value in result["machine"].items()]
    lines.append(f"Measured {result['date']}: {', '.join(facts)}.")
    return "\n".join(lines) + "\n"


def text(value):
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
    if isinstance(value, (list, tuple)):
        return " - ".join(text(part) for part in value)
    return str(value)


def main(names):
    RESULTS.mkdir(exist_ok=True)
    for name in names or BENCHMARKS:
        if name not in BENCHMARKS + LONG:
            known = ", ".join(BENCHMARKS + LONG)
            raise SystemExit(f"No benchmark {name!r} among {known}")
        print(f"--- {name}", flush=True)
        module = importlib.import_module(f"benchmarks.{name}")
        before = machine()
        rows = module.main()
        result = {
            "date": datetime.date.today().isoformat(),
            "machine": before,
            "rows": rows,
        }
        markdown = as_markdown(name, module, result)
        (RESULTS / f"{name}.json").write_text(
            json.dumps(result, indent=2) + "\n"
        )
        (RESULTS / f"{name}.md").write_text(markdown)
        print(markdown)


if __name__ == "__main__":
    main(sys.argv[1:])

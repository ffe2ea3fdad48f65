"""What a product of the catalogue is: its seed and its attributes."""

import dataclasses
import math

CATEGORIES = (
    "dress",
    "hat",
    "longsleeve",
    "outwear",
    "pants",
    "shirt",
    "shoes",
    "shorts",
    "skirt",
    "t-shirt",
    "bottle",
    "mug",
    "vase",
)
TURNED = ("bottle", "mug", "vase")
STANDING = (*TURNED, "shoes")
PATTERNS = (
    "plain",
    "stripes",
    "pinstripes",
    "checks",
    "dots",
    "chevron",
    "gradient",
    "blocks",
)
BACKGROUNDS = ("white", "plain", "gradient", "spotlight", "textured", "wood")
MAXIMUM_YAW = 40.0


@dataclasses.dataclass(frozen=True)
class Item:
    """One product: the same fields always give the same picture.

    `item.replace(color=(1, 0, 0))` is the same product in red: every other
    thing, down to its folds, comes from `seed` and stays.

    Args:
        category: one of `CATEGORIES`.
        seed: int >= 0, chooses the shape, the folds and the small details.
        color: sRGB in `[0, 1]`, of the product.
        second_color: sRGB in `[0, 1]`, of the pattern and the trimmings.
        pattern: one of `PATTERNS`.
        height: float in `[0, 1]`, from shortest to longest: the sleeves of
            tops, the hems of dresses, skirts and trousers, the crown of hats,
            the shaft and heel of shoes, the body of turned objects.
        gloss: float in `[0, 1]`, from matt to glossy.
        view_angle: degrees the product is turned about its upright axis. Any
            for turned objects; within 40 degrees of the front for the others,
            whose backs are not modelled.
        light: vector from the product to the light (x to the right, y up,
            z to the viewer; z > 0). Its length does not matter.
        background: one of `BACKGROUNDS`.
        background_color: sRGB in `[0, 1]`; `"white"` ignores it.

    Raises:
        ValueError: if a field is outside what is said above.
    """

    category: str
    seed: int = 0
    color: tuple[float, float, float] = (0.20, 0.42, 0.72)
    second_color: tuple[float, float, float] = (0.96, 0.95, 0.92)
    pattern: str = "plain"
    height: float = 0.5
    gloss: float = 0.1
    view_angle: float = 0.0
    light: tuple[float, float, float] = (-0.45, 0.55, 0.70)
    background: str = "white"
    background_color: tuple[float, float, float] = (0.90, 0.90, 0.90)

    def __post_init__(self):
        _check_name("category", self.category, CATEGORIES)
        _check_name("pattern", self.pattern, PATTERNS)
        _check_name("background", self.background, BACKGROUNDS)
        for name in ("color", "second_color", "background_color"):
            self._keep_color(name)
        for name in ("height", "gloss"):
            self._keep_fraction(name)
        if isinstance(self.seed, bool) or int(self.seed) != self.seed:
            raise ValueError(f"`seed` must be an int. Received: {self.seed=}")
        if self.seed < 0:
            raise ValueError(f"`seed` must be >= 0. Received: {self.seed=}")
        object.__setattr__(self, "seed", int(self.seed))
        self._keep_light()
        self._keep_view_angle()

    @property
    def category_id(self):
        return CATEGORIES.index(self.category)

    @property
    def pattern_id(self):
        return PATTERNS.index(self.pattern)

    def replace(self, **changes):
        """The same product with some attributes changed."""
        return dataclasses.replace(self, **changes)

    def attributes(self):
        """The fields as plain JSON values, with the two ids."""
        fields = dataclasses.asdict(self)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in fields.items()
        } | {"category_id": self.category_id, "pattern_id": self.pattern_id}

    def _keep_color(self, name):
        value = getattr(self, name)
        color = _floats(name, value, 3)
        if not all(0.0 <= channel <= 1.0 for channel in color):
            raise ValueError(
                f"`{name}` must be three sRGB values in [0, 1]. "
                f"Received: {name}={value}"
            )
        object.__setattr__(self, name, color)

    def _keep_fraction(self, name):
        (value,) = _floats(name, (getattr(self, name),), 1)
        if not 0.0 <= value <= 1.0:
            raise ValueError(
                f"`{name}` must be in [0, 1]. Received: {name}={value}"
            )
        object.__setattr__(self, name, value)

    def _keep_light(self):
        light = _floats("light", self.light, 3)
        if not (all(map(math.isfinite, light)) and light[2] > 0.0):
            raise ValueError(
                "`light` must be a finite vector with z > 0, on the viewer's "
                f"side. Received: light={self.light}"
            )
        object.__setattr__(self, "light", light)

    def _keep_view_angle(self):
        (angle,) = _floats("view_angle", (self.view_angle,), 1)
        if not math.isfinite(angle):
            raise ValueError(
                f"`view_angle` must be finite. Received: view_angle={angle}"
            )
        from_front = abs((angle + 180.0) % 360.0 - 180.0)
        if self.category not in TURNED and from_front > MAXIMUM_YAW:
            raise ValueError(
                f"`view_angle` must be within {MAXIMUM_YAW:g} degrees of the "
                f"front for category {self.category!r}; only {TURNED} can be "
                f"turned around. Received: view_angle={angle}"
            )
        object.__setattr__(self, "view_angle", angle)


def _check_name(argument, value, known):
    if value not in known:
        raise ValueError(
            f"`{argument}` must be one of {known}. Received: "
            f"{argument}={value!r}"
        )


def _floats(name, values, count):
    try:
        values = tuple(float(value) for value in values)
    except (TypeError, ValueError):
        values = ()
    if len(values) != count:
        raise ValueError(
            f"`{name}` must be {count} number(s). Received: {name}={values}"
        )
    return values

"""How the product stands in the frame."""

from keras_productgen.publishing.rules.finding import FAILED
from keras_productgen.publishing.rules.finding import PASSED
from keras_productgen.publishing.rules.finding import WARNING
from keras_productgen.publishing.rules.finding import Finding
from keras_productgen.publishing.rules.finding import judged
from keras_productgen.publishing.rules.finding import not_applicable

NOT_FOUND = "the product was not found"


def there(subject):
    """Whether there is a product at all; every profile asks for it."""
    wanted = "a product that can be told from its background"
    if subject.invisible:
        return Finding(
            "product", FAILED, "fully transparent", wanted,
            "Take another picture: nothing of this one can be seen.",
        )  # fmt: skip
    product = subject.product
    if not product.found:
        return Finding(
            "product", FAILED, f"none ({product.how})", wanted,
            "Take another picture, or give a mask.",
        )  # fmt: skip
    if not product.sure:
        return Finding(
            "product", WARNING, f"unsure ({product.how})", wanted,
            "Give a mask: rules that need one were left out.",
            boxes=product.boxes_beside, mask=product.beside,
        )  # fmt: skip
    share = f"{product.main.mean():.0%} of the picture ({product.how})"
    if product.guessed:
        return Finding(
            "product", WARNING, f"a guess, {share}", wanted,
            "Look whether it was cut out rightly, or give a mask.",
        )  # fmt: skip
    return Finding("product", PASSED, share, wanted)


def needs_product(rule):
    """Makes a rule say that it cannot be asked where no product is known."""

    def asked(subject, settings):
        if subject.product.found and subject.product.sure:
            return rule(subject, settings)
        return not_applicable(rule.__name__, NOT_FOUND)

    return asked


@needs_product
def fill(subject, settings):
    """The longer side of the product's box, as a share of the frame's."""
    share = fill_share(subject.product.box, subject.size)
    least, most = settings["least"], settings["most"]
    return judged(
        "fill",
        settings,
        # Half a percent is less than a mask is sure of.
        least - 0.005 <= share <= most + 0.005,
        f"{share:.1%} of the frame",
        f"{least:.0%} to {most:.0%}",
        "Crop closer." if share < least else "Leave more margin.",
        boxes=[subject.product.box],
    )


def fill_share(box, size):
    """Of height and width, the larger share that a box takes."""
    return max(box[3] / size[0], box[2] / size[1])


@needs_product
def centring(subject, settings):
    """How far the product's middle lies from that of the frame."""
    x, y, width, height = subject.product.box
    rows, columns = subject.size
    across = (x + width / 2) / columns - 0.5
    down = (y + height / 2) / rows - 0.5
    return judged(
        "centring",
        settings,
        max(abs(across), abs(down)) <= settings["most"],
        f"{across:+.1%} across, {down:+.1%} down",
        f"at most {settings['most']:.0%} off the middle",
        "Move the product to the middle, by canvas or crop.",
        boxes=[subject.product.box],
    )


@needs_product
def cut_off(subject, settings):
    """How much of each side of the frame the product touches."""
    rows, columns = subject.size
    edges = {
        "top": [0, 0, columns, max(1, rows // 50)],
        "bottom": [0, rows - max(1, rows // 50), columns, max(1, rows // 50)],
        "left": [0, 0, max(1, columns // 50), rows],
        "right": [
            columns - max(1, columns // 50),
            0,
            max(1, columns // 50),
            rows,
        ],
    }
    touched = touched_sides(subject.product.main, settings["most"])
    said = ", ".join(f"{side} {share:.0%}" for side, share in touched.items())
    return judged(
        "cut_off",
        settings,
        not touched,
        f"touches {said}" if touched else "whole",
        "the whole product within the frame",
        "Take the photo again: what was not photographed cannot be added.",
        boxes=[edges[side] for side in touched],
    )


def touched_sides(mask, most):
    """Returns a dict from sides of the frame to the share that is touched.

    Args:
        mask: bool array `(height, width)`, the product.
        most: float in `[0, 1]`, of a side: less is left out.
    """
    sides = {
        "top": mask[0].mean(),
        "bottom": mask[-1].mean(),
        "left": mask[:, 0].mean(),
        "right": mask[:, -1].mean(),
    }
    return {side: share for side, share in sides.items() if share > most}


@needs_product
def products(subject, settings):
    """How many separate parts are large enough for products."""
    boxes = subject.product.part_boxes
    return judged(
        "products",
        settings,
        len(boxes) <= settings["most"],
        f"{len(boxes)} separate parts",
        f"at most {settings['most']}",
        "Show one product, unless these are sold together.",
        boxes=boxes,
    )

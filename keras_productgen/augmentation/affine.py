import numpy as np

FILL_MODES = ("constant", "nearest", "reflect", "wrap")


def affine_matrix(parameters, center):
    """Where in the old picture each pixel of the new one is found.

    Rotation, shift, shear and zoom are multiplied in this order, about the
    center: `old = matrix @ (x, y, 1)`, `x` along the width.

    Args:
        parameters: dict with any of "theta" and "shear" (degrees), "tx" and
            "ty" (pixels along the width and the height), "zx" and "zy"
            (factors; below 1 magnifies).
        center: pair of floats, `(x, y)` in pixels.

    Returns:
        float64 array of shape `(3, 3)`, or `None` where nothing moves.
    """
    factors = list(_factors(parameters))
    if not factors:
        return None
    matrix = factors[0]
    for factor in factors[1:]:
        matrix = matrix @ factor
    x, y = center
    there = np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])
    back = np.array([[1, 0, -x], [0, 1, -y], [0, 0, 1.0]])
    return there @ matrix @ back


def flip_matrix(height, width, horizontal, vertical):
    """Matrix of shape `(3, 3)` from flipped to unflipped pixels."""
    matrix = np.eye(3)
    if horizontal:
        matrix[0] = -1, 0, width - 1
    if vertical:
        matrix[1] = 0, -1, height - 1
    return matrix


def coordinates(matrix, rows, columns):
    """Old `(y, x)`, float64 of shape `(rows, columns)`, of the given pixels.

    Summed in SciPy's order, so that a pixel on the very edge falls on the
    same side of it as there.
    """
    rows = np.asarray(rows, np.float64)[:, None]
    columns = np.asarray(columns, np.float64)[None, :]
    y = (matrix[1, 2] + rows * matrix[1, 1]) + columns * matrix[1, 0]
    x = (matrix[0, 2] + rows * matrix[0, 1]) + columns * matrix[0, 0]
    return y, x


def _factors(parameters):
    theta = np.deg2rad(parameters.get("theta", 0))
    shear = np.deg2rad(parameters.get("shear", 0))
    tx, ty = parameters.get("tx", 0), parameters.get("ty", 0)
    zx, zy = parameters.get("zx", 1), parameters.get("zy", 1)
    if theta != 0:
        cos, sin = np.cos(theta), np.sin(theta)
        yield np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    if tx != 0 or ty != 0:
        yield np.array([[1, 0, tx], [0, 1, ty], [0, 0, 1.0]])
    if shear != 0:
        yield np.array(
            [[1, -np.sin(shear), 0], [0, np.cos(shear), 0], [0, 0, 1]]
        )
    if zx != 1 or zy != 1:
        yield np.diag([zx, zy, 1.0])

import numpy as np

STEPS = 10_000


def bradley_terry(wins):
    """Strengths of players by who won against whom.

    One player beats another with the probability `1 / (1 + exp(b - a))`, `a`
    and `b` being their strengths. Half a win each way is added to every pair
    that met, so that who never lost is not infinitely strong (for two players
    this is Jeffreys' prior).

    Args:
        wins: array `(num_players, num_players)`, how often the player of the
            row beat that of the column; a tie is half a win each way.

    Returns:
        float64 array `(num_players,)` with mean 0, or of NaN where some players
        have not met the others, even by way of third ones.

    Reference:
    - [Hunter, 2004](https://doi.org/10.1214/aos/1079120141)
    """
    wins = np.asarray(wins, "float64")
    met = wins + wins.T
    if not _connected(met > 0):
        return np.full(len(wins), np.nan)
    wins = wins + 0.5 * (met > 0)
    met = wins + wins.T
    strengths = np.ones(len(wins))
    for _ in range(STEPS):
        before = strengths
        shares = met / (strengths[:, None] + strengths)
        strengths = wins.sum(1) / shares.sum(1)
        strengths /= np.exp(np.mean(np.log(strengths)))
        if np.allclose(before, strengths, rtol=1e-12, atol=0.0):
            break
    return np.log(strengths)


def _connected(met):
    reached = np.zeros(len(met), bool)
    reached[0] = True
    for _ in met:
        reached |= met[reached].any(0)
    return bool(reached.all())

"""What a reader of the scores must know, in sentences."""

# Where published figures of the Frechet distance begin to be comparable.
FEW = 2000
MOST_FILES = 5


def about_counts(scores, dim):
    """Returns sentences on how few pictures there are for the scores."""
    smallest = min(
        min(score.num_real, score.num_fake) for score in scores.values()
    )
    sentences = []
    if smallest < dim:
        sentences.append(
            f"There are {smallest} pictures of a kind and {dim} features: "
            "covariances are not of full rank, and the Frechet distance is "
            "mostly an artefact of the number."
        )
    for score in scores.values():
        sentences += _about_bias(score)
    for score in scores.values():
        if score.name == "fid" and smallest < FEW:
            sentences.append(
                f"FID with fewer than {FEW:,} pictures of a kind compares only "
                f"with FID at the same number, here {smallest}."
            )
    return sentences


def _about_bias(score):
    deviation = (score.interval[1] - score.interval[0]) / 4
    if abs(score.bias) <= max(deviation, 0.05 * abs(score.value)):
        return []
    return [
        f"{score.label} {score.value:.3g} depends on the number of pictures: "
        f"with half of them it is {score.value + score.bias:.3g}. About "
        f"{score.bias:+.2g} of it is owed to there being no more."
    ]


def about_files(name, skipped):
    """Returns sentences on the files of a folder that were left out.

    Args:
        name: str, what the pictures are.
        skipped: dict from names of files to reasons.
    """
    if not skipped:
        return []
    listed = [f"{file} ({reason})" for file, reason in skipped.items()]
    more = f"; and {len(listed) - MOST_FILES} more" * (len(listed) > MOST_FILES)
    count = "1 file" if len(listed) == 1 else f"{len(listed)} files"
    return [
        f"Among the {name} {count} could not be used: "
        + "; ".join(listed[:MOST_FILES])
        + more
    ]


def about_choice(name, remarks):
    """Returns sentences on how pictures were chosen, if not from all.

    Args:
        name: str, what the pictures are.
        remarks: list of sentences.
    """
    return [f"Of the {name}: {remark}" for remark in remarks]


def about_conditions(spread):
    """Returns sentences on conditions that the real pictures do not have."""
    if not spread:
        return []
    return [
        "The real pictures do not say "
        + " and ".join(f"their {name}" for name in spread)
        + " in words of the model: it was asked for all values evenly, so "
        "the two sets may differ in their mixture."
    ]


def about_data(spread, memorization, num_real, num_fake):
    """Returns sentences on what the pictures are."""
    sentences = about_conditions(spread)
    if memorization is not None and memorization.num_twins:
        sentences.append(
            f"{memorization.num_twins} of the {num_real} real pictures are "
            "training pictures: a model that repeats its training pictures "
            "would look good in all scores."
        )
    if num_real != num_fake:
        sentences.append(
            f"{num_real} real pictures were compared with {num_fake}."
        )
    return sentences

"""Groups of pictures -> parts: by their history, then by a hash."""

import collections

from keras_productgen.data import splits


def choose_parts(groups, categories, known, shares):
    """Returns the part of each picture.

    A group stays where most of its known pictures are. Others go where the
    hash of their name says. Where that leaves a class without one of the
    parts, though it has groups enough, the group whose hash is nearest goes
    there.

    Args:
        groups: Name of the group of each picture.
        categories: Class of each picture.
        known: Part that each picture had before, or `None`.
        shares: Dict of the names of parts to shares that sum to 1.
    """
    members = collections.defaultdict(list)
    for number, group in enumerate(groups):
        members[group].append(number)
    chosen, fresh = {}, collections.defaultdict(list)
    for group, numbers in members.items():
        votes = collections.Counter(
            known[n] for n in numbers if known[n] in shares
        )
        if votes:
            # Equal votes go to the part that comes first.
            chosen[group] = max(shares, key=lambda part: votes[part])
        else:
            chosen[group] = splits.part_of(group, shares)
        kinds = collections.Counter(categories[n] for n in numbers)
        fresh[kinds.most_common(1)[0][0]].append((group, not votes))
    for class_groups in fresh.values():
        _fill_empty_parts(class_groups, chosen, shares)
    return [chosen[group] for group in groups]


def _fill_empty_parts(class_groups, chosen, shares):
    """Gives each part a group of the class, if there are enough of them."""
    wanted = [part for part, share in shares.items() if share > 0]
    if len(class_groups) < len(wanted):
        return
    for part in wanted:
        counts = collections.Counter(chosen[g] for g, _ in class_groups)
        # Only new groups move, and none that is the last of its part.
        free = [
            group
            for group, is_new in class_groups
            if is_new and counts[chosen[group]] > 1
        ]
        if counts[part] == 0 and free:
            nearest = min(
                free, key=lambda g: (splits.distance_to(g, part, shares), g)
            )
            chosen[nearest] = part

from keras_productgen.data.cleaning import groups


def test_components_join_chains():
    found = groups.components(6, [(0, 1), (1, 2), (4, 5)])
    assert found.tolist() == [0, 0, 0, 3, 4, 4]


def test_the_best_copy_stays():
    quality = {0: 3, 1: 1, 2: 2}
    twins = groups.copies_of_kept([(0, 1), (0, 2), (1, 2)], quality.get)
    assert twins == {0: 1, 2: 1}


def test_the_far_end_of_a_chain_stays():
    # 0 is like 1 and 1 like 2, but 2 is not like 0.
    twins = groups.copies_of_kept([(0, 1), (1, 2)], lambda number: number)
    assert twins == {1: 0}


def test_whoever_goes_has_a_copy_that_stays():
    pairs = [(0, 1), (1, 2), (2, 3), (3, 4), (1, 4), (0, 3)]
    twins = groups.copies_of_kept(pairs, lambda number: -number)
    for gone, stays in twins.items():
        assert stays not in twins
        assert tuple(sorted((gone, stays))) in pairs

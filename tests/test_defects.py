import pytest

from keraslint.defects import Shield


def test_a_shield_notes_what_went_wrong_and_where():
    shield = Shield()
    with shield.over("counting"):
        int("three\nfour")
    (defect,) = shield.defects
    assert defect.doing == "counting"
    assert defect.error.startswith("ValueError: invalid literal")
    assert "\n" not in str(defect)
    assert "test_defects.py:" in defect.where


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, BrokenPipeError])
def test_a_shield_lets_through_what_is_no_defect(error):
    shield = Shield()
    with pytest.raises(error), shield.over("counting"):
        raise error
    assert shield.defects == []


def test_work_inside_work():
    shield = Shield()
    with shield.over("outer"):
        with shield.over("inner"):
            raise KeyError("x")
        raise ValueError("y")
    assert [defect.doing for defect in shield.defects] == ["inner", "outer"]

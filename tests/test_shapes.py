from dataclasses import replace

from keraslint.analysis import Analysis
from keraslint.shapes import as_data, collect
from tests.handmade import tutorial


def test_a_file_seen_twice_has_each_call_once():
    once, again = tutorial("a.py"), tutorial("a.py")
    imported = Analysis("main.py", sites=again.sites)
    files = collect([once, imported])
    assert [file.filename for file in files] == ["a.py", "main.py"]
    assert [len(site.calls) for site in files[0].sites] == [1, 1]
    assert files[1].sites == []


def test_calls_in_a_loop_are_all_kept():
    analysis = tutorial("a.py")
    analysis.sites[0].calls *= 3
    (file,) = collect([analysis, analysis])
    assert [len(site.calls) for site in file.sites] == [3, 1]


def test_another_way_to_a_layer_is_another_call():
    analysis, other = tutorial("a.py"), tutorial("a.py")
    other.sites[0].calls = [replace(other.sites[0].calls[0], entry="build")]
    (file,) = collect([analysis, other])
    assert [call.entry for call in file.sites[0].calls] == ["<module>", "build"]


def test_sites_stand_in_the_order_of_the_text():
    analysis = tutorial("a.py")
    analysis.sites.reverse()
    (file,) = as_data(collect([analysis]))["files"]
    assert [site["location"]["row"] for site in file["sites"]] == [2, 3]


def test_a_file_nobody_asked_for_is_left_out():
    analysis = tutorial("helper.py")
    files = collect([Analysis("main.py", sites=analysis.sites)])
    assert [(file.filename, file.sites) for file in files] == [("main.py", [])]

"""A change in a Chinese text reads as a person would mark it with a pen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.workspace.diff import Kind, diff

SIGN = {Kind.KEPT: "", Kind.REMOVED: "-", Kind.ADDED: "+"}


def marked(before: str, after: str) -> str:
    return "".join(
        run.text if run.kind is Kind.KEPT else f"[{SIGN[run.kind]}{run.text}]" for run in diff(before, after)
    )


@pytest.mark.parametrize(
    ("before", "after", "pen"),
    [
        ("因资料不全。", "因资料不全。", "因资料不全。"),
        ("因资料不全。", "因评价资料不全。", "因[+评价]资料不全。"),
        ("完成69.65万元。", "完成69.66万元。", "完成[-69.65][+69.66]万元。"),
        ("执行率61.91%，偏低。", "执行率91.61%，偏低。", "执行率[-61.91%][+91.61%]，偏低。"),
        ("", "已补齐", "[+已补齐]"),
        ("已补齐", "", "[-已补齐]"),
        # the comma and 的 both sentences happen to have are no part of what was kept
        (
            "场馆维修，停用的一个月。",
            "疫情反复，推迟的三场。",
            "[-场馆维修，停用的一个月][+疫情反复，推迟的三场]。",
        ),
    ],
)
def test_changes_are_marked_as_with_a_pen(before, after, pen):
    assert marked(before, after) == pen


@given(
    st.text(alphabet="资料不全，。的12.3%\n补齐", max_size=40),
    st.text(alphabet="资料不全，。的12.3%\n补齐", max_size=40),
)
def test_both_texts_can_be_read_off_the_runs(before, after):
    runs = diff(before, after)
    assert "".join(run.text for run in runs if run.kind is not Kind.ADDED) == before
    assert "".join(run.text for run in runs if run.kind is not Kind.REMOVED) == after
    assert all(run.text for run in runs)

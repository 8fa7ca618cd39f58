"""Makes the page of measurements, ``docs/performance/``, in one go: runs every script, writes table and plots.

    python bench/page.py                 everything, about half an hour; needs the extra ``bench``
    python bench/page.py core documents  only these; the other figures stay as they were
    python bench/page.py --check         the short form that runs at every change: fails where a ratio is worse than the
                                         page says by more than ``MARGIN``, ``TRIES`` times in a row

Only ratios are compared between runs: both sides of one were measured in turns on the same machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.figures import SHORT, VARIABLE, Figure  # noqa: E402

PAGE = ROOT / "docs" / "performance"
KEPT = PAGE / "figures.json"
MARGIN = 2.0
TRIES = 3
QUICK = ("documents", "writing")  # those on the page that take seconds
PARTS = {
    "startup": "启动",
    "core": "核算和检查",
    "documents": "读文档",
    "writing": "写文档",
    "screen": "界面",
    "bounds": "界限",
    "drafting": "起草",
    "others": "与同类比",
    "season": "几百上千份表",
}
HEAD = """\
# 速度和内存

由 `python bench/page.py` 生成，请勿手改。每个数旁边都是同一次运行里轮流测得的对照：时间随机器而变，比值才可比。
“比”是我们的用时（或内存）除以对照的；小于 1 就是更快（或更省）。目标没有达到的，照实列出。
"""


def measured(scripts: Iterable[str], *, short: bool) -> list[Figure]:
    """Run *scripts* one after the other and return their figures."""
    found: list[Figure] = []
    for name in scripts:
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "figures"
            environment = {**os.environ, VARIABLE: str(kept)} | ({SHORT: "1"} if short else {})
            environment.pop("PYTHONDONTWRITEBYTECODE", None)  # it would charge every start with compiling
            print(f"== {name}", flush=True)
            run = subprocess.run(
                [sys.executable, str(ROOT / "bench" / f"{name}.py")], env=environment, check=False
            )
            if run.returncode:
                raise SystemExit(f"bench/{name}.py ended with {run.returncode}")
            lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
            found += [Figure(**json.loads(line)) for line in lines]
    return found


def recorded() -> dict[str, Figure]:
    """The figures of the page by their ids."""
    if not KEPT.exists():
        return {}
    return {one["id"]: Figure(**one) for one in json.loads(KEPT.read_text("utf-8"))["figures"]}


def check() -> int:
    """Hold the quick scripts against the page; a ratio is worse only when it is so ``TRIES`` times in a row."""
    before = recorded()
    worse: list[Figure] = []
    scripts: Iterable[str] = QUICK
    for _ in range(TRIES):
        worse = _worse(measured(scripts, short=True), before)
        if not worse:
            break
        scripts = dict.fromkeys(one.id.partition(".")[0] for one in worse)
    for one in worse:
        print(f"慢了：{one.what}，与{one.against}之比 {one.ratio:.2f}，记录为 {before[one.id].ratio:.2f}")
    print(f"{len(before)} 个记录，{'没有变慢' if not worse else f'{len(worse)} 个变慢超过 {MARGIN:g} 倍'}")
    return 1 if worse else 0


def _worse(now: Iterable[Figure], before: dict[str, Figure]) -> list[Figure]:
    return [
        one
        for one in now
        if one.steady
        and (kept := before.get(one.id))
        and kept.against == one.against  # held against something else, the ratios say nothing of each other
        and one.ratio > MARGIN * kept.ratio
    ]


def write(figures: Iterable[Figure]) -> None:
    """Write the page, its plots and the figures themselves."""
    known = {one.id: one for one in figures}
    parts = {name: [one for one in known.values() if one.id.startswith(f"{name}.")] for name in PARTS}
    PAGE.mkdir(parents=True, exist_ok=True)
    lines = [
        HEAD,
        f"测于 {date.today():%Y-%m-%d}，Python {platform.python_version()}，{os.cpu_count()} 核，{platform.system()}。",
        "",
    ]
    for name, title in PARTS.items():
        if not parts[name]:
            continue
        _plot(name, title, parts[name])
        lines += [
            f"## {title}",
            "",
            f"`python bench/{name}.py`",
            "",
            f"![{title}：与对照之比]({name}.svg)",
            "",
        ]
        lines += ["| 测什么 | 我们 | 对照 | 比 | 目标 |", "|---|---|---|---|---|"]
        lines += map(_row, parts[name])
        lines.append("")
    (PAGE / "index.md").write_text("\n".join(lines), "utf-8")
    data = {"figures": [_plain(one) for group in parts.values() for one in group]}
    KEPT.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _row(one: Figure) -> str:
    aim = "" if not one.aim else f"≤ {one.aim:g}" + ("" if one.ratio <= one.aim else "，**未达到**")
    ours, other = (f"{_said(side)} {one.unit}" for side in (one.ours, one.other))
    return f"| {one.what} | {ours} | {one.against} {other} | {_ratio(one)} | {aim} |"


def _said(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _ratio(one: Figure) -> str:
    return f"{one.ratio:.2f}" if one.ratio >= 0.1 else f"{one.ratio:.2g}"


def _plain(one: Figure) -> dict[str, object]:
    return {
        "id": one.id, "what": one.what, "ours": float(f"{one.ours:.4g}"), "other": float(f"{one.other:.4g}"),
        "against": one.against, "unit": one.unit, "aim": one.aim, "steady": one.steady,
    }  # fmt: skip


def _plot(name: str, title: str, figures: list[Figure]) -> None:
    """Bars of the ratios on a logarithmic axis: left of 1 we are quicker. Text stays text, in the reader's own fonts."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "ziping", "font.family": "sans-serif"})
    from matplotlib import pyplot as plt

    warnings.filterwarnings("ignore", "Glyph")  # only measured with a font here; drawn with the reader's

    shown = [one for one in figures if one.ratio > 0][::-1]
    figure, axes = plt.subplots(figsize=(9, 1.1 + 0.38 * len(shown)))
    axes.barh(
        [f"{one.what} / {one.against}" for one in shown],
        [one.ratio - 1 for one in shown],
        left=1,
        color=["#2f7f5f" if one.ratio <= (one.aim or 1) else "#b5651d" for one in shown],
    )
    axes.set_xscale("log")
    axes.axvline(1, color="#888", linewidth=1)
    for place, one in enumerate(shown):
        axes.annotate(f" {_ratio(one)}", (max(one.ratio, one.aim, 1), place), va="center")
        if one.aim:
            axes.plot([one.aim, one.aim], [place - 0.4, place + 0.4], color="black", linewidth=2)
    axes.set_title(f"{title}：与对照之比（黑线为目标，灰线为 1）")
    axes.margins(x=0.15)
    figure.savefig(PAGE / f"{name}.svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    drawn = (PAGE / f"{name}.svg").read_text("utf-8")
    families = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
    (PAGE / f"{name}.svg").write_text(drawn.replace("sans-serif", families), "utf-8")


def main() -> int:
    """Measure and write, or check."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "scripts", nargs="*", metavar="script", help=f"of {', '.join(PARTS)}; all when none is named"
    )
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    if unknown := [name for name in given.scripts if name not in PARTS]:
        parser.error(f"no such script: {', '.join(unknown)}")
    if given.check:
        return check()
    scripts = given.scripts or list(PARTS)
    found = measured(scripts, short=False)
    others = [one for one in recorded().values() if one.id.partition(".")[0] not in scripts]
    write([*others, *found])
    print(f"写好了：{PAGE.relative_to(ROOT) / 'index.md'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Makes the page of measurements, ``docs/performance/``, in one go: runs every script, writes table and plots.

    python bench/page.py                 everything, about an hour; what the extra ``bench`` and other programs would add is
                                         named where they are missing
    python bench/page.py core documents  only these; the other figures stay as they were
    python bench/page.py --write         no measurement, only the page from the figures kept
    python bench/page.py --check         the short form that runs at every change: fails where a ratio is worse than the
                                         page says by more than ``MARGIN``, ``TRIES`` times in a row

The page is written after each script, so that a stop or a script that fails costs only what was under way.
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
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.figures import SHORT, VARIABLE, Absent, Figure  # noqa: E402
from bench.plots import growth, ratio_text, ratios  # noqa: E402

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


@dataclass(slots=True)
class Part:
    """What is known of one script: its figures, what could not be measured, and when and where that was."""

    figures: list[Figure] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    when: str = ""


def measured(name: str, *, short: bool) -> Part | None:
    """Run the script *name*; ``None`` where it fails, which it has then told itself."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "figures"
        environment = {**os.environ, VARIABLE: str(kept)} | ({SHORT: "1"} if short else {})
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # it would charge every start with compiling
        print(f"== {name}", flush=True)
        run = subprocess.run(
            [sys.executable, str(ROOT / "bench" / f"{name}.py")], env=environment, check=False
        )
        if run.returncode:
            print(f"bench/{name}.py：没有测完（返回 {run.returncode}）", file=sys.stderr)
            return None
        told = [json.loads(line) for line in kept.read_text("utf-8").splitlines()] if kept.exists() else []
    where = f"{date.today():%Y-%m-%d}，Python {platform.python_version()}，{os.cpu_count()} 核，{platform.system()}"
    return Part(
        [Figure(**one) for one in told if "why" not in one],
        [Absent(**one) for one in told if "why" in one],
        where,
    )


def recorded() -> dict[str, Part]:
    """What the page says, by script."""
    data = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    parts = {name: Part(when=data.get("when", {}).get(name, "")) for name in PARTS}
    for one in data.get("figures", ()):
        parts[_script(one["id"])].figures.append(Figure(**one))
    for one in data.get("absent", ()):
        parts[_script(one["id"])].absent.append(Absent(**one))
    return parts


def _script(identity: str) -> str:
    return identity.partition(".")[0]


def check() -> int:
    """Hold the quick scripts against the page; a ratio is worse only when it is so ``TRIES`` times in a row."""
    before = {one.id: one for part in recorded().values() for one in part.figures}
    worse: list[Figure] = []
    scripts: Iterable[str] = QUICK
    for _ in range(TRIES):
        worse = []
        for name in scripts:
            part = measured(name, short=True)
            if part is None:
                return 1
            worse += _worse(part.figures, before)
        if not worse:
            break
        scripts = dict.fromkeys(_script(one.id) for one in worse)
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


def write(parts: dict[str, Part]) -> None:
    """Write the page, its pictures and the figures themselves."""
    PAGE.mkdir(parents=True, exist_ok=True)
    lines = [HEAD]
    for name, title in PARTS.items():
        lines += _section(name, title, parts[name])
    (PAGE / "index.md").write_text("\n".join(lines), "utf-8")
    data = {
        "when": {name: part.when for name, part in parts.items() if part.when},
        "figures": [_plain(one) for part in parts.values() for one in part.figures],
        "absent": [asdict(one) for part in parts.values() for one in part.absent],
    }
    KEPT.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _section(name: str, title: str, part: Part) -> list[str]:
    """One script on the page; a script that was never run whole says so."""
    lines = [f"## {title}", ""]
    if not part.figures and not part.absent:
        return [*lines, f"还没有测过。`python bench/page.py {name}` 会补上这一节。", ""]
    lines += [f"`python bench/{name}.py`" + (f"，测于 {part.when}。" if part.when else ""), ""]
    if part.figures:
        (PAGE / f"{name}.svg").write_text(ratios(title, part.figures), "utf-8")
        lines += [f"![{title}：与对照之比]({name}.svg)", ""]
    if sized := [one for one in part.figures if one.size]:
        what = f"{title}：越多越大时，每一{sized[0].size[-1]}的用时"
        (PAGE / f"{name}-growth.svg").write_text(growth(what, sized), "utf-8")
        lines += [f"![{what}]({name}-growth.svg)", ""]
    if part.figures:
        lines += ["| 测什么 | 我们 | 对照 | 比 | 目标 |", "|---|---|---|---|---|"]
        lines += [*map(_row, part.figures), ""]
    lines += [f"没有测：{one.what}（{one.why}）。" for one in part.absent]
    return [*lines, ""] if part.absent else lines


def _row(one: Figure) -> str:
    aim = "" if not one.aim else f"≤ {one.aim:g}" + ("" if one.ratio <= one.aim else "，**未达到**")
    ours, other = (f"{_said(side)} {one.unit}" for side in (one.ours, one.other))
    return f"| {one.what} | {ours} | {one.against} {other} | {ratio_text(one.ratio)} | {aim} |"


def _said(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _plain(one: Figure) -> dict[str, object]:
    known = asdict(one) | {"ours": float(f"{one.ours:.4g}"), "other": float(f"{one.other:.4g}")}
    return known if one.size else {name: value for name, value in known.items() if name != "size"}


def main() -> int:
    """Measure and write, or check."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "scripts", nargs="*", metavar="script", help=f"of {', '.join(PARTS)}; all when none is named"
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if unknown := [name for name in given.scripts if name not in PARTS]:
        parser.error(f"no such script: {', '.join(unknown)}")
    if given.check:
        return check()
    parts, failed = recorded(), []
    for name in () if given.write else given.scripts or PARTS:
        part = measured(name, short=False)
        if part is None:
            failed.append(name)
            continue
        parts[name] = part
        write(parts)
    write(parts)
    print(f"写好了：{PAGE.relative_to(ROOT) / 'index.md'}")
    if failed:
        print(f"没有测完，仍是以前的数：{'、'.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

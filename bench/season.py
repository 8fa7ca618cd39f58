"""A season of forms: ``ziping batch`` against merely reading the same files, and how cost and memory grow.

    python bench/season.py [--forms 1000] [--cases 10000] [--rounds 3] [--json]
    ZIPING_BENCH_FORMS=100 ZIPING_BENCH_CASES=1000 ZIPING_BENCH_ROUNDS=1 python bench/page.py season    a smaller season

The published forms, mutated (names, figures, texts, so that nothing is remembered from one to the next), are written as
.xlsx and as case files into a temporary folder. Each measurement is a fresh process that does one thing to the whole
folder: ours (read, score, check, compare, sum up; the import of the program and the start of the workers included) with
one and with two worker processes, and beside it, spread over as many processes, a library that only touches every cell.
Ratios are of processor time (parent and workers together), which other programs on the machine disturb little; the
speed-up of two processes needs two idle cores, and is not told where other programs kept them busy. Memory is the peak resident size of the parent and of its
largest worker (Linux).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.figures import Absent, Figure, rounds, tell, tell_absent  # noqa: E402

BUSY = 0.5
"""Programs of others that run on average in the minute before measuring; with more, two processes have no two cores."""

WORDS = "河道巡查培训宣传设备采购维护检测评估服务群众满意质量达标及时完成资金拨付项目验收改造提升保障"

SPEED_UP = Absent(
    "season.two_processes", "一个进程与两个进程的用时之比", "测的时候机器上还有别的程序在忙，没有两个空闲的核"
)


def mutated(case: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    """Another project of the same make: its names, some of its figures and words are others."""

    def figure(match: re.Match[str]) -> str:
        return str(max(1, int(match[0]) + chance.randrange(-2, 3))) if chance.random() < 0.4 else match[0]

    rows = []
    for row in case["indicators"]:
        changed = dict(row)
        if chance.random() < 0.6:
            changed["level3"] = row.get("level3", "") + "".join(chance.choices(WORDS, k=4))
        for cell in ("target", "actual"):
            changed[cell] = re.sub(r"(?<![\d.])\d{1,3}(?![\d.%])", figure, row.get(cell, ""))
        if row.get("reason"):
            changed["reason"] = row["reason"] + "".join(chance.choices(WORDS, k=12))
        rows.append(changed)
    return case | {
        "project": f"{case.get('project', '')}（{number}）",
        "unit": f"单位{number % 40}",
        "indicators": rows,
    }


def make(folder: Path, count: int, ending: str) -> None:
    """*count* forms in *folder*, as workbooks of ours or as case files."""
    from assistant.catalogue.profiles import load_profile
    from assistant.domain.case import Case
    from assistant.domain.case_json import dumps
    from assistant.wiring import exported

    published = [
        json.loads(file.read_text("utf-8"))["case"]
        for file in sorted((ROOT / "tests/data/forms").glob("*.json"))
    ]
    rules, chance = load_profile("central-2020"), random.Random(20)
    folder.mkdir()
    for number in range(count):
        case = Case.model_validate(mutated(published[number % len(published)], number, chance))
        data = exported(case, rules, "xlsx") if ending == "xlsx" else dumps(case).encode()
        (folder / f"{number:05}.{ending}").write_bytes(data)


def ours(folder: Path, workers: int) -> int:
    """Everything ``ziping batch`` does but the printing."""
    from assistant.season.start import begin, write_summary
    from assistant.store.locations import Locations

    with tempfile.TemporaryDirectory() as home:
        where = Locations(*(Path(home) / name for name in ("config", "state", "data")))
        season = begin(folder, where, "bench", workers=workers)
        for _ in season.go():
            pass
        summary = season.summary()
        write_summary(summary, Path(home) / "out")
        assert not summary.unread, summary.unread[0].trouble
    return len(season.results)


def touch_openpyxl(file: str) -> int:
    """Every cell's value, the merged ranges at hand."""
    import openpyxl

    book = openpyxl.load_workbook(file, data_only=True)
    return sum(len(str(cell.value or "")) for sheet in book for row in sheet.iter_rows() for cell in row)


def touch_calamine(file: str) -> int:
    """Every cell's value."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(file)
    return sum(
        len(str(cell))
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    )


def touch_json(file: str) -> int:
    """The text as data."""
    return len(json.loads(Path(file).read_bytes()))


def touch_pydantic(file: str) -> int:
    """The text as a checked case."""
    from assistant.domain.case import Case

    return len(Case.model_validate_json(Path(file).read_bytes()).indicators)


TOUCH = {
    "openpyxl": touch_openpyxl,
    "calamine": touch_calamine,
    "json": touch_json,
    "pydantic": touch_pydantic,
}


def one(what: str, folder: Path, workers: int) -> None:
    """Do one thing to the folder and print seconds, forms and peaks. Runs in a process of its own."""
    start = time.perf_counter()
    if what == "ours":
        count = ours(folder, workers)
    else:
        files = [str(file) for file in sorted(folder.iterdir())]
        if workers == 1:
            count = sum(1 for file in files if TOUCH[what](file) >= 0)
        else:
            with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
                count = sum(1 for size in pool.map(TOUCH[what], files, chunksize=8) if size >= 0)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    found = {
        "seconds": time.perf_counter() - start,
        "processor": sum(part.ru_utime + part.ru_stime for part in used),
        "forms": count,
        "parent": peak("self"),
    }
    print(json.dumps(found))


def peak(process: str) -> float:
    """The most memory *process* has had, in MB; 0 where it is gone or the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    match = re.search(r"VmHWM:\s+(\d+)", status)
    return int(match[1]) / 1024 if match else 0


def below(process: int) -> list[str]:
    """The processes *process* started, and those they started."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(file.read_text().rpartition(")")[2].split()[1]) == process:
                found += [file.parent.name, *below(int(file.parent.name))]
        except OSError:
            continue
    return found


def measure(what: str, folder: Path, workers: int) -> dict[str, Any]:
    """:func:`one` in a fresh process."""
    words = [sys.executable, __file__, "--one", what, str(folder), str(workers)]
    run = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    largest = 0.0
    while run.poll() is None:
        largest = max([largest, *map(peak, below(run.pid))])
        time.sleep(0.2)
    assert run.stdout is not None
    assert run.returncode == 0
    found: dict[str, Any] = json.loads(run.stdout.read())
    return {"what": what, "workers": workers} | found | {"worker": largest}


def best(runs: list[tuple[str, Path, int]], rounds: int) -> list[dict[str, Any]]:
    """Each of *runs* measured in turns; the quickest counts, since other programs only ever slow one down."""
    found: dict[tuple[str, Path, int], dict[str, Any]] = {}
    for _ in range(rounds):
        for run in runs:
            seen = measure(*run)
            if run not in found or seen["seconds"] < found[run]["seconds"]:
                found[run] = seen
    return [found[run] for run in runs]


def table(title: str, measured: list[dict[str, Any]], against: dict[str, Any] | None = None) -> None:
    """Print the measurements; *against* is what ratios are to."""
    print(f"\n{title}")
    for line in measured:
        rate = line["forms"] / line["seconds"]
        ratio = f"  {line['processor'] / against['processor']:5.2f} ×" if against else ""
        print(
            f"  {line['what']:9} {line['workers']} process(es) {line['forms']:6} forms {line['seconds']:8.2f} s {rate:8.1f}/s"
            f"  processor {line['processor']:7.2f} s"
            f"  parent {line['parent']:4.0f} MB  worker {line['worker']:4.0f} MB{ratio}"
        )


def figures(
    books: list[dict[str, Any]], cases: list[dict[str, Any]], growth: list[dict[str, Any]]
) -> list[Figure]:
    """The measurements as ratios to a baseline of the same run: processor time, and what the parent holds."""

    def against(name: str, ours: dict[str, Any], other: dict[str, Any], aim: float) -> Figure:
        kind = "case" if name.startswith("cases") else "workbook"
        words = {"case": "份案卷", "workbook": "份 Excel 表"}[kind]
        return Figure(
            id=f"season.{name}",
            what=f"{ours['forms']:,} {words}整季汇总（处理器时间）",
            ours=ours["processor"],
            other=other["processor"],
            against=f"{other['what']} 仅读入",
            unit="s",
            aim=aim,
        )

    one, two = books[0], books[1]
    found = [against(f"workbooks.{other['what']}", two, other, 2) for other in books[2:]]
    found += [against(f"cases.{other['what']}", cases[0], other, 0) for other in cases[1:]]
    found.append(
        Figure(
            id=SPEED_UP.id,
            what="两个进程（用时）",
            ours=two["seconds"],
            other=one["seconds"],
            against="一个进程",
            unit="s",
            aim=0.59,  # 1 / 1.7
            steady=False,  # needs two idle cores
        )
    )
    least = growth[0]
    for more in growth[1:]:
        found.append(
            Figure(
                id=f"season.memory.{more['forms']}",
                what=f"{more['forms']:,} 份案卷时主进程的内存峰值",
                ours=more["parent"],
                other=least["parent"],
                against=f"{least['forms']} 份",
                unit="MiB",
                steady=False,  # grows with the number of forms, which the short form has fewer of
            )
        )
        found.append(
            Figure(
                id=f"season.worker.{more['forms']}",
                what=f"{more['forms']:,} 份案卷时工作进程的内存峰值",
                ours=more["worker"],
                other=least["worker"],
                against=f"{least['forms']} 份",
                unit="MiB",
                steady=False,
            )
        )
    known = [one for one in growth if one["forms"] >= 100]  # below that, starting is what one measures
    for more in known[1:]:
        found.append(
            Figure(
                id=f"season.growth.{more['forms']}",
                what=f"每份案卷的处理器时间，共 {more['forms']:,} 份",
                ours=more["processor"] / more["forms"] * 1000,
                other=known[0]["processor"] / known[0]["forms"] * 1000,
                against=f"{known[0]['forms']} 份",
                aim=1.2,
                size=f"{more['forms']:,} 份",
            )
        )
    return found


def size(name: str, usual: int) -> int:
    """How many, as the environment says where the script is run by ``bench/page.py``: ``ZIPING_BENCH_FORMS=100``."""
    return int(os.environ.get(f"ZIPING_BENCH_{name}", usual))


def main() -> None:
    """Measure everything and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--forms", type=int, default=size("FORMS", rounds(1000, 48)))
    parser.add_argument("--cases", type=int, default=size("CASES", rounds(10_000, 200)))
    parser.add_argument("--rounds", type=int, default=size("ROUNDS", rounds(3, 1)))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one[0], Path(given.one[1]), int(given.one[2]))
        return
    busy = hasattr(os, "getloadavg") and os.getloadavg()[0] > BUSY
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        make(base / "xlsx", given.forms, "xlsx")
        readers = ["openpyxl", *(["calamine"] if importlib.util.find_spec("python_calamine") else [])]
        books = best(
            [
                ("ours", base / "xlsx", 1),
                ("ours", base / "xlsx", 2),
                *((name, base / "xlsx", 2) for name in readers),
            ],
            given.rounds,
        )
        make(base / "cases", given.cases, "ziping.json")
        cases = best(
            [("ours", base / "cases", 2), ("pydantic", base / "cases", 2), ("json", base / "cases", 2)], 1
        )
        growth = []
        for count in (1, 100, 1000):
            if count < given.cases:
                make(base / f"cases{count}", count, "ziping.json")
                growth.append(measure("ours", base / f"cases{count}", 2))
        growth.append(cases[0])
    if given.json:
        print(json.dumps({"workbooks": books, "cases": cases, "growth": growth}, indent=1))
        return
    table(f"{given.forms} workbooks, against openpyxl merely reading them", books, books[2])
    print(f"  1 → 2 processes: {books[0]['seconds'] / books[1]['seconds']:.2f} × as fast")
    table(f"{given.cases} case files, against pydantic merely reading them", cases, cases[1])
    table("growth, case files", growth)
    for figure in figures(books, cases, growth):
        if busy and figure.id == SPEED_UP.id:
            tell_absent(SPEED_UP)
        else:
            tell(figure)
    if "calamine" not in readers:
        tell_absent(Absent("season.workbooks.calamine", "calamine", "这台机器上没有安装"))


if __name__ == "__main__":
    main()

"""The command line: which command, and what becomes of its errors. Commands are imported when chosen."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence

from assistant import __version__
from assistant.cli.parser import Parser

ALL_WELL, UNDONE, UNUSABLE, NO_MODEL = 0, 1, 2, 3

Maker = Callable[[str, str, str], Parser]
"""Name, module under ``assistant.cli`` that has ``run(arguments) -> int``, summary → the command's parser."""


def build_parser() -> Parser:
    """Describe every command. Pure description: no project module is imported for it."""
    parser = Parser(
        prog="ziping",
        description=(
            "自评：在终端里填报项目支出绩效自评表。不带命令直接运行，打开填报界面；"
            "“ziping 文件”即“ziping open 文件”。"
        ),
        epilog="退出码：0 正常；1 有错误待处理；2 输入不能用或命令写错；3 模型服务没有帮上忙；70 程序本身出错。",
    )
    parser.add_argument("--version", action="version", version=f"ziping {__version__}", help="显示版本号")
    commands = parser.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=Parser)

    def command(name: str, module: str, summary: str) -> Parser:
        made: Parser = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(module=module)
        return made

    _screen_commands(command)
    _core_commands(command)
    _draft_commands(command)
    _document_commands(command)
    _folder_commands(command)
    config = command("config", "settings", "查看设置")
    config.add_argument("action", choices=("show",), help="show：每项设置的值和来处，密钥遮盖")
    _json(config)
    requests = command("log", "log", "列出向模型服务发过的请求：时间、去向、用量、结果，没有内容")
    requests.add_argument("--last", type=int, default=50, metavar="条数", help="最近多少条，缺省 50")
    _json(requests)
    doctor = command("doctor", "doctor", "体检：终端、输入法、磁盘、案卷、设置，逐项说明好坏和办法")
    doctor.add_argument("case", nargs="?", metavar="案卷", help="连同这份案卷的占用、改动记录和备份一起看")
    doctor.add_argument("--try-model", action="store_true", help="试连模型服务（只发一句问候，不含表里内容）")
    _json(doctor)
    bundle = command("bundle", "bundle", "做一个给支持人员的压缩包：体检结果和案卷的形状，没有表里的文字")
    bundle.add_argument(
        "case", nargs="?", metavar="案卷", help="连同这份案卷的形状：几行、每格几个字、检查编号"
    )
    bundle.add_argument("-o", dest="output", metavar="文件", help="写到哪里，缺省为当前目录下“支持包.zip”")
    bundle.add_argument("--show", action="store_true", help="只把内容全部列出来看，不写文件")
    _force(bundle)
    command("schema", "settings", "输出案卷文件的 JSON Schema")
    completion = command("completion", "completion", "输出命令行补全脚本（按 Tab 补全命令和参数）")
    completion.add_argument(
        "shell", choices=("bash", "zsh", "fish", "powershell", "tcsh"), help="您用的命令行，如 bash"
    )
    return parser


def _profile(one: Parser) -> None:
    one.add_argument("--profile", metavar="编号", help="评分规则，缺省用表内所记，否则 central-2020")


def _json(one: Parser) -> None:
    one.add_argument("--json", action="store_true", help="输出 JSON，供脚本使用")


def _force(one: Parser) -> None:
    one.add_argument("--force", action="store_true", help="文件已存在时覆盖它")


def _file(one: Parser) -> None:
    one.add_argument("file", metavar="文件", help="案卷或文档，- 表示标准输入")


def _screen_commands(command: Maker) -> None:
    demo = command("demo", "screen", "打开示例表（示例本身不会被改动，改的是一份副本）")
    demo.add_argument("-o", dest="case", metavar="文件", help="副本存到这里，缺省存到用户数据目录")
    new = command("new", "screen", "新建一张空表并打开")
    new.add_argument(
        "-o", dest="case", metavar="文件", help="案卷文件名，缺省为当前目录下“自评表.ziping.json”"
    )
    new.add_argument(
        "--from",
        dest="source",
        metavar="文档",
        help="从目标申报表或上年的表取指标、指标值、分值，完成情况留空",
    )
    _profile(new)
    opened = command("open", "screen", "打开案卷文件继续填报")
    opened.add_argument("case", metavar="文件", help="案卷文件（*.ziping.json）或可读入的文档")
    opened.add_argument(
        "--last",
        metavar="上年的表",
        help="带入上年的表（案卷或文档）：每项指标写出上年的目标、完成和得分，可撤销",
    )
    serve = command("serve", "serve", "在浏览器里打开填报界面（要装 ziping[web]）")
    serve.add_argument("case", metavar="文件", help="案卷文件（*.ziping.json）或可读入的文档")
    serve.add_argument("--port", type=int, default=8765, metavar="端口", help="缺省 8765")
    serve.add_argument(
        "--host", default="127.0.0.1", metavar="地址", help="缺省 127.0.0.1，只有本机能连；内容不加密"
    )
    fill = command("fill", "fill", "一问一答地填报：不用全屏界面，适合读屏软件和脚本")
    fill.add_argument("case", metavar="文件", help="案卷文件（*.ziping.json）或可读入的文档")
    fill.add_argument("--plain", action="store_true", help="逐行问答；不写时，在终端里打开填报界面")
    fill.add_argument("--new", action="store_true", help="新建一张空表，存到这个文件")
    _profile(fill)


def _core_commands(command: Maker) -> None:
    parse = command("parse", "cells", "看看单元格的值是怎样被理解的")
    parse.add_argument("target", nargs="?", metavar="指标值", help="年度指标值，如 ≥3个")
    parse.add_argument("actual", nargs="?", metavar="完成值", help="实际完成值，如 5次")
    parse.add_argument("--weight", metavar="分值", help="分值，给出后同时计分")
    parse.add_argument(
        "--tsv", action="store_true", help="从标准输入逐行读“指标值、完成值、分值、得分”（制表符分隔）"
    )
    _json(parse)
    _profile(parse)

    score = command("score", "assess", "计分：逐行列出得分、算式和依据")
    _file(score)
    score.add_argument("--compare", metavar="编号", help="换一套规则再算一遍，列出变化和原因")
    _json(score)
    _profile(score)

    check = command("check", "assess", "检查：列出错误、提醒、建议和未核对的地方")
    check.add_argument("files", nargs="+", metavar="文件", help="案卷、文档或文件夹，可多个")
    _json(check)
    _profile(check)

    explain = command("explain", "assess", "解释一项检查：查什么、为什么、怎么改")
    explain.add_argument("code", nargs="?", metavar="编号", help="检查编号，如 F06")
    explain.add_argument("--all", action="store_true", help="全部检查")

    _json(command("profiles", "assess", "列出评分规则及其依据、有效期"))


def _draft_commands(command: Maker) -> None:
    draft = command("draft", "drafts", "起草实际完成情况和偏差原因")
    _file(draft)
    draft.add_argument(
        "--what",
        choices=("narrative", "reasons", "all"),
        default="all",
        help="起草哪些：narrative 实际完成情况，reasons 偏差原因，all 全部",
    )
    draft.add_argument(
        "--row", type=int, action="append", metavar="行号", help="只起草第几行指标（从 1 数起），可多次"
    )
    draft.add_argument(
        "--variants",
        nargs="?",
        const="mixed",
        choices=("mixed", "tone", "length"),
        help="每处请模型写三稿供挑选：mixed 语气、长短都不同（不写即此），tone 只是语气不同，length 只是长短不同",
    )
    draft.add_argument("--offline", action="store_true", help="不调用模型，只用模板")
    draft.add_argument("--base-url", metavar="地址", help="模型服务地址，覆盖设置")
    draft.add_argument("--model", metavar="名称", help="模型名称，覆盖设置")
    _json(draft)
    _profile(draft)

    verify = command("verify", "drafts", "核对一段文字里的数字、日期、文号是否都有出处")
    _file(verify)
    verify.add_argument("--text", required=True, metavar="文字", help="要核对的文字，- 表示标准输入")
    verify.add_argument("--row", type=int, metavar="行号", help="文字属于第几行指标（从 1 数起）")
    _json(verify)
    _profile(verify)


def _document_commands(command: Maker) -> None:
    read = command("read", "documents", "把文档读成案卷，并列出每个存疑的单元格")
    _file(read)
    read.add_argument("-o", dest="output", metavar="案卷", help="读到的内容存成案卷文件")
    _force(read)
    read.add_argument("--compare", metavar="文档", help="与另一份文档比：目标、指标、指标值、分值有哪些不同")
    _json(read)

    history = command("history", "history", "改动记录：谁、何时、因何改了什么；可取回任一步时的案卷")
    history.add_argument("case", metavar="案卷", help="案卷文件（*.ziping.json），已删除的也可以")
    history.add_argument("--at", type=int, metavar="步", help="把第几步之后的案卷另存出来，0 为最初的样子")
    history.add_argument("-o", dest="output", metavar="文件", help="与 --at 同用：存到哪里")
    history.add_argument(
        "--forget", action="store_true", help="删掉本机为它留的改动记录、备份和另存件；在终端里先问"
    )
    history.add_argument("--yes", action="store_true", help="与 --forget 同用：不再问，没存上的改动也一起删")
    _json(history)
    salvage = command("salvage", "salvage", "取回损坏的案卷里还能读的内容，存成新文件；原文件不动")
    salvage.add_argument("file", metavar="案卷", help="打不开的案卷文件")
    salvage.add_argument("-o", dest="output", metavar="案卷", help="存到哪里，缺省为原名后加“-取回”")

    export = command("export", "documents", "导出文字和得分")
    _file(export)
    export.add_argument(
        "--to",
        metavar="格式",
        help="md、docx、xlsx、html、json，缺省按 -o 的后缀；import-xlsx 为一体化系统的指标导入表",
    )
    export.add_argument("-o", dest="output", metavar="路径", help="写到哪里，- 或不写表示标准输出")
    _force(export)
    export.add_argument(
        "--tables", choices=("repeat", "merge"), help="Markdown 的一、二级指标：每行重复（默认）或合并单元格"
    )
    export.add_argument(
        "--public",
        action="store_true",
        help="公开版：遮盖人员栏的人名和各处的电话，文字里写到的人名请自己再看",
    )
    export.add_argument("--no-annex", action="store_true", help="不带附页：只要表，不要计分过程和检查结果")
    export.add_argument(
        "--final", action="store_true", help="定稿：还有错误或没有确认的读入内容时不导出，并列出来"
    )
    _profile(export)


def _folder_commands(command: Maker) -> None:
    batch = command("batch", "batch", "整个文件夹的表：读入、核算、检查，写出汇总表，找出雷同")
    batch.add_argument("folder", metavar="文件夹", help="里面的表（含下级文件夹）不论格式都读")
    batch.add_argument(
        "-o",
        dest="output",
        metavar="位置",
        help="汇总表写到哪个文件夹，或一个 .xlsx、.md、.csv 文件；缺省为该文件夹下的“自评汇总”",
    )
    batch.add_argument("--compare", metavar="编号", help="换一套规则再算一遍，列出前后变化")
    batch.add_argument("--jobs", type=int, metavar="个数", help="同时用几个进程，缺省按处理器核数")
    batch.add_argument("--dask", metavar="地址", help="用已有的 Dask 集群，如 tcp://10.0.0.5:8786")
    again = batch.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="接着上次的做，没有变的表不再重算（缺省）")
    again.add_argument("--anew", action="store_true", help="全部重算")
    purpose = batch.add_mutually_exclusive_group()
    purpose.add_argument("--screen", action="store_true", help="在界面里看汇总，逐份、逐行打开")
    purpose.add_argument("--draft", action="store_true", help="给案卷里空着的文字起草；已有的文字一律不动")
    batch.add_argument("--offline", action="store_true", help="起草时不调用模型，只用模板")
    _json(batch)
    _profile(batch)

    report = command("report", "report", "绩效自评报告：一份表，或一个文件夹里全部的表（一个单位一年）")
    report.add_argument("source", metavar="文件或文件夹", help="案卷、文档，或放着这些的文件夹")
    report.add_argument(
        "-o", dest="output", metavar="文件", help="写成 .docx 或 .md；不写时显示在终端里，图用字符画"
    )
    report.add_argument("--text", action="store_true", help="写成文件时，也显示在终端里")
    report.add_argument(
        "--public",
        action="store_true",
        help="公开版：遮盖人员栏的人名和各处的电话，文字里写到的人名请自己再看，不写检查结果",
    )
    report.add_argument("--offline", action="store_true", help="不调用模型，只用模板")
    _json(report)
    _profile(report)


def run(words: Sequence[str]) -> int:
    """Run one call and return its exit code."""
    from assistant.cli.console import harmless_streams

    with harmless_streams():
        return _run(words)


def _is_file_name(word: str) -> bool:
    """Whether the first word is a form to open rather than a command: no command has a dot or a folder in its name."""
    return not word.startswith("-") and any(sign in word for sign in "./\\")


def _run(words: Sequence[str]) -> int:
    if words and _is_file_name(words[0]):
        words = ["open", *words]
    arguments = build_parser().parse_args(words)
    module = importlib.import_module(f"assistant.cli.{getattr(arguments, 'module', 'screen')}")
    from assistant.domain.errors import DraftingError, ZipingError

    try:
        code: int = module.run(arguments)
        sys.stdout.flush()
    except DraftingError as error:
        return _say(error, NO_MODEL)
    except ZipingError as error:
        return _say(error, UNUSABLE)
    except BrokenPipeError:  # the reader (head, less) went away: not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ALL_WELL
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except Exception as error:  # the outermost gate: a defect of ours must not end in a traceback
        from assistant.cli.crash import crashed

        return crashed(error)
    return code


def _say(error: Exception, code: int) -> int:
    print(f"ziping：{error}", file=sys.stderr)
    return code

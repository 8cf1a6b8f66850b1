"""The command line: one sub-command a module, errors in one place, exit codes in `guize.exits`."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import NoReturn

import click

from guize import __version__, language
from guize.commands.audit import audit
from guize.commands.compare import compare
from guize.commands.explain import explain
from guize.commands.graph import graph
from guize.commands.impact import impact
from guize.commands.norms import norms
from guize.commands.prove import prove
from guize.commands.report import report
from guize.commands.schema import schema
from guize.commands.simulate import simulate
from guize.commands.sweep import sweep
from guize.commands.who import who
from guize.exits import Exit
from guize.faults import show_fault
from guize.unwritable import output_failed
from model.errors import GuizeError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="guize")
def cli() -> None:
    """Check the working rules of a local government. / 检验人民政府工作规则。

    SPEC is the name of a bundled instrument (luoyang) or the path of a rule set's folder.
    SPEC 是内置规则名（luoyang）或规则文件夹的路径。

    \b
    Exit codes / 退出码:
      0  nothing at or above the chosen severity / 没有达到所选级别的问题
      1  findings; `who`: nobody may act; overload / 有问题；who：无人有权；超负荷
      2  the input or the call cannot be used / 输入或用法有误
      3  some question was not settled / 有问题未能判定
    """


for command in (audit, explain, impact, prove, norms, who, schema, compare, graph, simulate, sweep, report):
    cli.add_command(command)


def interrupted() -> NoReturn:
    """Say that the user stopped the command, and end with the exit code for that."""
    click.echo("interrupted / 已中断", err=True)
    sys.exit(Exit.INTERRUPTED)


def _drop_output() -> None:
    """What is left to print goes nowhere, so that the interpreter does not try it again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command line; every deliberate error becomes a message and an exit code."""
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        interrupted()
    except ctypes.ArgumentError as e:
        # an interrupt that comes while ctypes reads an argument for Z3 reaches us in this disguise
        if KeyboardInterrupt.__name__ not in str(e):
            raise
        interrupted()
    except click.ClickException as e:
        e.show()
        sys.exit(Exit.UNUSABLE)
    except GuizeError as e:
        sys.exit(show_fault(e, language.of_arguments(sys.argv[1:])))
    except BrokenPipeError:
        # the reader (head, less) has what it wanted
        _drop_output()
        sys.exit(Exit.CLEAN)
    except OSError as e:
        refusal = output_failed(e)
        if refusal is None:
            raise
        _drop_output()
        sys.exit(show_fault(refusal, language.of_arguments(sys.argv[1:])))
    sys.exit(code if isinstance(code, int) else Exit.CLEAN)

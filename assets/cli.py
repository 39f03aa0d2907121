"""The `tarmim` command. Dagster, Arrow and the gazetteers are imported only by the commands that need them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

HOME_HELP = "The data home (else $TARMIM_HOME, else ./tarmim-home); created on first use."
HomeOption = Annotated[Path | None, typer.Option("--home", help=HOME_HELP, show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else on standard output.")]

app = typer.Typer(
    name="tarmim",
    help="Restore damaged Arabic news text and turn it into evidence tables.\n\n"
    "Exit status: 0 done, 1 an ERROR check failed, 2 wrong use or unreadable input.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Entry point: errors that a person can mend are told in one line, with exit status 2."""
    try:
        app()
    except BrokenPipeError:
        # The reader of our output has gone (`tarmim query … | head`); there is nobody to tell.
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        # The product's own error classes name the input, what is wrong and what to do; anything else is a defect.
        if not type(error).__module__.startswith("pipeline."):
            raise
        _fail(str(error))


@app.command()
def run(
    sources: Annotated[list[Path] | None, typer.Argument(help="Files or folders to take in; default: what is new in the landing folder.")] = None,
    home: HomeOption = None,
    json_output: JsonOption = False,
) -> None:
    """Take in new texts, materialise every asset and publish the warehouse."""
    from assets.running import run_line, show_summary

    root = _home(home)
    try:
        summary = run_line(root, sources, quiet=json_output)
    except KeyboardInterrupt:
        sys.stderr.write("tarmim: interrupted; what was done is kept, and the next `tarmim run` goes on from there\n")
        raise typer.Exit(130) from None
    if json_output:
        _print_json(summary.as_dict())
    else:
        show_summary(summary)
    raise typer.Exit(2 if summary.unreadable else 1 if summary.failed or summary.failed_checks else 0)


@app.command()
def restore(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")],
    json_output: JsonOption = False,
) -> None:
    """Print the restored text, paragraphs separated by one blank line. Needs no home."""
    from pipeline.restore.document import restore as restore_text
    from pipeline.restored_json import restored_json

    raw = _read_text(file)
    restored = restore_text(raw)
    if json_output:
        _print_json(restored_json(raw, restored))
    else:
        sys.stdout.write(restored.text + "\n")


@app.command()
def inspect(
    files: Annotated[list[Path], typer.Argument(help="Files of any kind that `run` takes.")],
    published_at: Annotated[str | None, typer.Option(help="Publication date, YYYY-MM-DD, for files without metadata.")] = None,
    together: Annotated[bool, typer.Option(help="Let the files of one producer inform each other.")] = False,
    json_output: JsonOption = False,
) -> None:
    """Show everything the pipeline would store of each file. Needs no home; JSON is one object a line and file."""
    from assets.inspecting import inspect_files, show_tables

    for name, tables in inspect_files(files, _date(published_at), together=together):
        if json_output:
            _print_json(tables, indent=None)
        else:
            show_tables(name, tables)


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(help="One SQL statement.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A file that holds the statement.")] = None,
    output: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    home: HomeOption = None,
) -> None:
    """Ask the warehouse, read-only; works while a run is going on."""
    from assets.querying import print_answer

    if (sql is None) == (file is None):
        _fail("give either a statement or --file, not both or neither")
    print_answer(_home(home), sql if sql is not None else _read_text(str(file)), output)


@app.command()
def export(
    table: Annotated[str, typer.Argument(help="A table or mart of the warehouse, e.g. casualty_claims or export_acled.")],
    output: Annotated[str, typer.Option("--format", help="csv (for spreadsheets), parquet (with datapackage.json) or geojson.")] = "csv",
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; default: TABLE.FORMAT in this folder.", show_default=False)] = None,
    home: HomeOption = None,
) -> None:
    """Write a table to a file for other tools; the file appears whole or not at all."""
    from assets.exporting import export_table

    export_table(_home(home), table, output, out)


@app.command()
def tables(
    name: Annotated[str | None, typer.Argument(help="A table; default: all. With --docs: the folder to write to, default docs.")] = None,
    docs: Annotated[bool, typer.Option("--docs", help="Write dictionary.md and dictionary.html, with the origin of columns.")] = False,
    home: HomeOption = None,
    json_output: JsonOption = False,
) -> None:
    """The data dictionary: tables, columns, types, descriptions, row counts."""
    from assets.querying import dictionary, show_dictionary

    if docs:
        from assets.exporting import write_docs

        write_docs(Path(name or "docs"))
        return
    found = dictionary(_home(home), name)
    if json_output:
        _print_json(found)
    else:
        show_dictionary(found, detailed=name is not None)
        if not (_home(home) / "warehouse.duckdb").exists():
            sys.stderr.write(f"tarmim: {_home(home)} holds no warehouse yet, so marts and row counts are missing; `tarmim run` makes one\n")


@app.command()
def evaluate(
    paths: Annotated[list[Path], typer.Argument(help="Folders with gold: pairs, gold articles, the seed, damaged files.")],
    only: Annotated[list[str] | None, typer.Option(help="restoration, flags or extraction; may be repeated.")] = None,
    variant: Annotated[list[str] | None, typer.Option(help="Only this variant (private, stripped, …); may be repeated.")] = None,
    examples: Annotated[bool, typer.Option(help="Also list what went wrong.")] = False,
    json_output: JsonOption = False,
) -> None:
    """Score restoration, flags and extraction against gold, each variant of an article by itself.

    Restoration: edit distance over length, white space folded; paragraphs wholly equal, vowel marks aside; displaced lines
    exact, wrong, flagged; numerals right, wrong, flagged; confidences by kind and bin, claimed against right. Flags: one per missing numeral, at most
    20 characters off. Extraction: spans match one-to-one at intersection over union of a half; a qualifier counts only with
    both bounds equal, NULL included; links by one id per gold entity and one entity per id; events by kind with triggers
    at most 25 characters apart in one sentence, casualty rows beside their cause folded, then roles by canonical name.
    """
    from assets.evaluating import show_report
    from pipeline.evaluation.run import PARTS
    from pipeline.evaluation.run import evaluate as score

    wrong = set(only or ()) - set(PARTS)
    if wrong:
        _fail(f"--only takes {', '.join(PARTS)}, not {', '.join(sorted(wrong))}")
    report = score(paths, only or PARTS, variant or ())
    if json_output:
        _print_json(report.as_dict())
    else:
        show_report(report, examples=examples)


@app.command()
def review(
    doubt: Annotated[str | None, typer.Argument(help="The doubt to decide; without one, open doubts are listed, worst first.")] = None,
    reading: Annotated[int | None, typer.Option(help="Choose this reading of the doubt; 0: it stands as printed.")] = None,
    text: Annotated[str | None, typer.Option("--as", help="Write what the span reads.")] = None,
    who: Annotated[str | None, typer.Option(help="Who decides.")] = None,
    why: Annotated[str | None, typer.Option(help="Why, e.g. seen on the page.")] = None,
    limit: Annotated[int, typer.Option(help="How many doubts to list.")] = 20,
    home: HomeOption = None,
    json_output: JsonOption = False,
) -> None:
    """List open doubts and record decisions in corrections.csv; the next `tarmim run` applies them."""
    from assets.reviewing import decide, open_doubts, show_doubts

    root = _home(home)
    if doubt is None:
        found = open_doubts(root)
        if json_output:
            _print_json(found)
        else:
            show_doubts(found, limit)
        return
    if not who:
        _fail("say who decides: --who NAME")
    correction = decide(root, doubt, text, reading, who, why)
    if json_output:
        _print_json(correction)
    else:
        sys.stdout.write(f"recorded in {root / 'corrections.csv'}; `tarmim run` applies it\n")


@app.command()
def ui(
    home: HomeOption = None,
    port: Annotated[int, typer.Option(help="Port on localhost.")] = 3000,
) -> None:
    """The Dagster UI with its daemon on localhost: schedule and sensor live, same home."""
    from assets.serving import serve

    raise typer.Exit(serve(_home(home), port))


def _home(option: Path | None) -> Path:
    return (option or Path(os.environ.get("TARMIM_HOME") or "tarmim-home")).expanduser().resolve()


def _read_text(name: str) -> str:
    from pipeline.ingest.encodings import BinaryBytes, Undecodable, decode, storable

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return storable(decode(data).text)
    except OSError as error:
        _fail(f"{name}: {error.strerror}")
    except (BinaryBytes, Undecodable) as error:
        _fail(f"{'standard input' if name == '-' else name}: {error}")


def _date(value: str | None) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        _fail(f"--published-at {value}: not a date; write YYYY-MM-DD")


def _print_json(value: object, indent: int | None = 1) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent, default=str) + "\n")


def _fail(message: str) -> NoReturn:
    sys.stderr.write(f"tarmim: {message}\n")
    raise SystemExit(2)


if __name__ == "__main__":
    main()

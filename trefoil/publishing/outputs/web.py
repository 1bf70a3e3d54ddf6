"""A document as one file for a browser: headings in order, tables with headings, words for pictures, no script."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from .tree import LANGUAGE, Drawing, Grid, Heading, Listing, Paper, PaperSection, Paragraph, Part, Run


def write_html(paper: Paper) -> bytes:
    """The document as HTML in UTF-8. Everything it needs is in it."""
    style = (files(__package__) / "document.css").read_text(encoding="utf-8")
    status = 'aria-label="Status of this document"'
    mark = f'<aside class="mark" {status}>{escape(paper.mark)}</aside>' if paper.mark else ""
    notice = "".join(f"<p>{escape(words)}</p>" for words in paper.notice)
    contents = "".join(f'<li><a href="#{one.key}">{escape(one.title)}</a></li>' for one in paper.sections)
    text = f"""<!doctype html>
<html lang="{LANGUAGE}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(paper.title)} – {escape(paper.partnership)}</title>
<style>{style}</style></head>
<body><a class="skip" href="#main">Skip to the text</a>{mark}
<header><p>{escape(paper.partnership)}</p></header>
<main id="main"><h1>{escape(paper.title)}</h1><p class="about">{escape(paper.about)}</p>
{f'<div class="notice">{notice}</div>' if notice else ""}
<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>{contents}</ol></nav>
{"".join(map(_section, paper.sections))}</main>
<footer><p>{escape(paper.footer)}</p></footer></body></html>
"""
    return text.encode()


def write_parts(parts: Sequence[Part]) -> str:
    """Parts as they stand within a page, below a heading of level 2."""
    return "\n".join(map(_part, parts))


def _section(section: PaperSection) -> str:
    title = f'<h2 id="{section.key}">{escape(section.title)}</h2>'
    return f'<section aria-labelledby="{section.key}">{title}\n{write_parts(section.parts)}</section>'


def _part(part: Part) -> str:
    match part:
        case Heading(runs=runs, level=level):
            return f"<h{level + 1}>{_runs(runs)}</h{level + 1}>"
        case Paragraph(runs=runs, quiet=quiet):
            return f"<p{' class=quiet' if quiet else ''}>{_runs(runs)}</p>"
        case Listing():
            return _listing(part)
        case Drawing(svg=svg):
            return f'<figure class="chart">{svg}</figure>'
        case Grid():
            return _grid(part)


def _runs(runs: Sequence[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = escape(run.text)
    text = f"<strong>{text}</strong>" if run.bold else text
    text = f"<em>{text}</em>" if run.italic else text
    return f'<a href="{escape(run.href)}">{text}</a>' if run.href else text


def _listing(part: Listing) -> str:
    tag, start = ("ol", f' start="{part.start}"' if part.start != 1 else "") if part.ordered else ("ul", "")
    items = "".join(f"<li>{''.join(map(_part, item))}</li>" for item in part.items)
    return f"<{tag}{start}>{items}</{tag}>"


def _grid(part: Grid) -> str:
    table = part.table
    head = "".join(f'<th scope="col"{_figure(one)}>{escape(words)}</th>' for words, one in table.columns)
    rows = "".join(f"<tr>{''.join(_cell(place, *cell) for place, cell in enumerate(row))}</tr>" for row in table.cells)
    name = escape(table.caption)
    return (
        f'<div class="table" tabindex="0" role="group" aria-label="{name}"><table><caption>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(place: int, words: str, _heading: str, is_figure: bool) -> str:
    if place == 0:
        return f'<th scope="row">{escape(words)}</th>'
    return f"<td{_figure(is_figure)}>{escape(words)}</td>"


def _figure(is_figure: bool) -> str:
    return ' class="figure"' if is_figure else ""

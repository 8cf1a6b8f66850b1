"""All pictures of a rule set on one self-contained HTML page, which opens without a network."""

from __future__ import annotations

from html import escape

from guize.drawing import lanes, views
from guize.drawing.gather import Gathered
from guize.drawing.plan import RoutePlan
from guize.wording import Wording
from model.ruleset import KIND

STYLE = """
body{font:14px/1.55 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif;
 color:#1d2433;background:#fff;margin:24px}
a{color:#2b4a86}nav section{columns:3;margin:2px 0 14px}nav section a{text-decoration:none;display:block;
 break-inside:avoid}nav h3{font-size:14px;margin:0}nav h3 a{text-decoration:none}
figure{margin:0 0 8px;overflow-x:auto;border:1px solid #d5dbe6}h1{font-size:22px}h2{font-size:17px;margin:28px 0 8px}
figure svg{display:block}p.key span{margin-right:18px}p.top{margin:0 0 28px;font-size:12px}
@media print{body{margin:0}p.top{display:none}h2{break-after:avoid}figure{break-inside:avoid;overflow:visible;border:0}
 figure svg{max-width:100%;height:auto;max-height:180mm}@page{size:A4 landscape;margin:10mm}}
"""
TITLES = {
    "routes": ("程序", "Routes"),
    "flow": ("各文种全流程", "The whole flow, by kind of paper"),
    "meetings": ("会议：议题与纪要", "Meetings: items and minutes"),
    "stand-ins": ("代行关系", "Stand-ins"),
    "answers": ("谁向谁负责", "Who answers to whom"),
}


def route_svg(words: Wording, plan: RoutePlan) -> str:
    """One route as SVG."""
    heading = words.label(words.rules.title.label)
    time, found = words.pick("时限", "time limits"), words.pick("图中标出的问题", "findings marked in the picture")
    return lanes.svg(plan, heading, time, found)


def pictures(
    words: Wording, gathered: Gathered, view: str, routes: tuple[str, ...], kinds: tuple[str, ...]
) -> dict[str, tuple[str, str]]:
    """The pictures of one view: by name, the title and the SVG."""
    match view:
        case "routes":
            return {p.id: (p.title, route_svg(words, p)) for p in gathered.plans(words, routes)}
        case "flow":
            chosen = kinds or tuple(gathered.kinds)
            return {f"flow-{k}": (words.value(KIND, k), views.flow(words, k, gathered.kinds[k])) for k in chosen}
        case "meetings":
            return {f"meeting-{m.body}": (words.actor(m.body), views.meeting(words, m)) for m in gathered.meetings}
        case "stand-ins":
            return {"stand-ins": (words.pick(*TITLES[view]), views.stand_ins(words, gathered.cycles))}
        case _:
            return {"answers": (words.pick(*TITLES[view]), views.answering(words, gathered.answers))}


def page(
    words: Wording, gathered: Gathered, shown: tuple[str, ...], routes: tuple[str, ...], kinds: tuple[str, ...]
) -> str:
    """The page with these views."""
    title = words.label(words.rules.title.label)
    body: list[str] = []
    contents: list[str] = []
    up = escape(words.pick("回到目录", "Back to the contents"))
    for view in shown:
        inside = pictures(words, gathered, view, routes, kinds)
        if not inside:
            continue
        heading = escape(words.pick(*TITLES[view]))
        body.append(f'<h2 id="view-{view}">{heading}</h2>')
        links: list[str] = []
        for name, (label, svg) in inside.items():
            links.append(f'<a href="#{escape(name)}">{escape(label)}</a>')
            # one page, many pictures: each needs an arrow head of its own
            own = svg.replace('id="arrow"', f'id="arrow-{name}"').replace("url(#arrow)", f"url(#arrow-{name})")
            body.append(f'<figure id="{escape(name)}">{own}</figure>')
            body.append(f'<p class="top"><a href="#contents">{up}</a></p>')
        listed = f"<section>{''.join(links)}</section>" if len(links) > 1 else ""
        contents.append(f'<h3><a href="#view-{view}">{heading}</a></h3>{listed}')
    key = "".join(f'<span style="color:{colour}">{escape(words.pick(zh, en))}</span>' for zh, en, colour in KEY)
    head = f'<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>'
    top = f'<h1>{escape(title)}</h1>\n<p class="key">{key}</p>\n<nav id="contents">{"".join(contents)}</nav>'
    inside = "\n".join([top, *body])
    return f'<!DOCTYPE html>\n<html lang="{words.pick("zh-CN", "en")}">\n{head}\n<body>\n{inside}\n</body>\n</html>\n'


KEY = (
    ("褐：条件", "brown: condition", "#7a4b00"),
    ("绿：代行", "green: stand-in", "#1d6b45"),
    ("红：问题编号、单点", "red: findings, single points", "#b3261e"),
    ("蓝：可省略、读法", "blue: may be left out, readings", "#4a5d8a"),
    ("虚线框：可省略；虚线箭头：退回", "dashed box: may be left out; dashed arrow: return", "#5b6577"),
)

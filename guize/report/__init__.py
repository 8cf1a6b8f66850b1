"""Reports people read: what an audit found, told once (`content`), and a module a format.

`content.build` makes one bilingual `Content` of a rule set and its `Report`; `page` (HTML), `markdown`, `sarif`,
`junit` and `word` only lay it out, so that no two formats can disagree.
"""

"""What another solver said of the verdicts, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from guize.sentences.opinion import confirmed, doubtful
from guize.wording import Wording
from proofs.findings import Opinion


def second_opinion(console: Console, words: Wording, opinion: Opinion | None) -> None:
    """One line of what was confirmed, and one for each question that was not."""
    if opinion is None:
        return
    console.print(Text(confirmed(opinion).get(words.lang), style="dim"))
    for unsettled in opinion.unconfirmed:
        console.print(Text(doubtful(unsettled).get(words.lang), style="bold magenta"))

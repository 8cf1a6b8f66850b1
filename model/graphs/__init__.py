"""Graphs of a rule set (networkx): routes, stand-ins, who answers to whom, meetings, the whole flow of a paper.

`course` holds what a route means as a process in one situation, `defects` what is wrong with one there. The
other modules build pictures of what the norms say, whatever the situation.
"""

"""The HTML page of a report: `page` puts together what a module a part makes."""

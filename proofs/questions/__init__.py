"""One module a question. Each has `ask(hearing) -> Answer`; `proofs.audit` lists them."""

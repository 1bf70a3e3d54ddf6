"""The pack as a document: what goes in (`contents`), the page it is set on (`pack.typ`), and the setting of it."""

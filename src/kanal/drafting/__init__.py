"""From a template and somebody's answers to the text of a draft file.

Templates come with kanal, and an office changes or adds its own in `config/templates/` (docs/templates.md). Nothing in
here asks, prints, or opens an editor; what makes files says so.
"""

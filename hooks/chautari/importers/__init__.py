"""From other platforms: one room for each, which reads its exports into items (see moving/items.py).

Each has `open_export(path, hosts)`, that of feeds for many paths, and knows nothing of the others.
"""

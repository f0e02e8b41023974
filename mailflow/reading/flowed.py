"""Paragraphs of format=flowed put together again (RFC 3676)."""

SIGNATURE = "-- "


def unflow(text: str, *, delete_space: bool) -> str:
    """Join the lines that were broken softly, level by level of `>`; undo space-stuffing."""
    out: list[str] = []
    pending: list[str] = []
    pending_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        content = content.removeprefix(" ")
        soft = content.endswith(" ") and content != SIGNATURE
        if pending and (depth != pending_depth or content == SIGNATURE):
            out.append(_joined(pending, pending_depth))
            pending = []
        pending_depth = depth
        pending.append(content[:-1] if soft and delete_space else content)
        if not soft:
            out.append(_joined(pending, depth))
            pending = []
    if pending:
        out.append(_joined(pending, pending_depth))
    return "\n".join(out)


def _joined(pieces: list[str], depth: int) -> str:
    line = "".join(pieces)
    if not depth:
        return line
    return ">" * depth + " " + line if line else ">" * depth

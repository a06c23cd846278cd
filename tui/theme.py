"""How screens look: the terminal's own sixteen colours, ASCII borders, nothing that only colour tells."""

THEME = "ansi-dark"
"""Leaves colours to the terminal; with NO_COLOR set it sends no colour at all, only bold, dim, underline, reverse."""

CSS = """
Screen { background: ansi_default; color: ansi_default; }
TextInput { border: none; height: 1; padding: 0; text-style: underline; }
TextInput:focus { border: none; text-style: bold underline; background-tint: transparent; }
TextInput.-invalid, TextInput.-invalid:focus { border: none; }
TextInput > .input--cursor { text-style: reverse; background: ansi_default; color: ansi_default; }
TextInput > .input--selection { text-style: reverse; background: ansi_default; color: ansi_default; }
TextInput > .input--placeholder { text-style: dim; color: ansi_default; }
LongText, LongText:focus { border: ascii ansi_default; padding: 0; background: ansi_default; }
LongText { height: 6; scrollbar-size: 0 0; }
LongText .text-area--cursor { text-style: reverse; background: ansi_default; color: ansi_default; }
LongText .text-area--selection { text-style: reverse; background: ansi_default; color: ansi_default; }
LongText .text-area--cursor-line { background: ansi_default; }
LongText .text-area--placeholder { text-style: dim; color: ansi_default; }
Dialog { align: center middle; background: transparent; }
Dialog > #box { width: 90%; max-width: 76; height: auto; max-height: 90%; border: ascii ansi_default;
    padding: 0 1; background: ansi_default; }
Toast { border: ascii ansi_default; padding: 0 1; background: ansi_default; }
Toast.-information, Toast.-warning, Toast.-error { border: ascii ansi_default; }
Dialog .body { max-height: 60vh; }
"""
"""Goes into ``App.CSS``; every widget's own rules are few, so that a screen starts quickly."""

"""Draws terminal output that tmux captured as a PNG."""

import argparse
import re

from PIL import Image, ImageDraw, ImageFont

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono{}.ttf"
SIZE = 15
PADDING = 14
BACKGROUND = "#1e1e2e"
FOREGROUND = "#d6d9e4"
COLOURS = {
    31: "#e06c75", 32: "#98c379", 33: "#e5c07b", 34: "#61afef", 35: "#c678dd", 36: "#56b6c2",
    90: "#7f8496", 91: "#ff7b85", 92: "#b5e890", 93: "#ffd479", 94: "#82c0ff", 95: "#dd9bf0", 96: "#7fd6e0",
}
ESCAPE = re.compile(r"\x1b\[([?=\d;]*)([A-Za-z])|\x1b[=>]")


def cells(line, style):
    """Returns the characters of a line, each with its style, and the style at the end of the line."""
    row, column, position = [], 0, 0
    while position < len(line):
        escape = ESCAPE.match(line, position)
        if escape:
            position = escape.end()
            if escape.group(2) == "m":
                style = restyle(style, escape.group(1))
            elif escape.group(2) == "K":
                row, column = [], 0
            continue
        if line[position] == "\r":
            column = 0
        elif line[position] >= " ":
            row[column:column + 1] = [(line[position], style)]
            column += 1
        position += 1
    return row, style


def restyle(style, codes):
    """Applies escape codes to a style: a colour, and whether it is bold."""
    colour, bold = style
    for code in (int(text or 0) for text in codes.split(";")):
        if code == 0:
            colour, bold = FOREGROUND, False
        elif code == 1:
            bold = True
        elif code in COLOURS:
            colour = COLOURS[code]
        elif code == 39:
            colour = FOREGROUND
    return colour, bold


def read(path, first, last):
    """Returns the rows from the one that starts with first to the next one that starts with last."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    rows, style = [], (FOREGROUND, False)
    for line in lines:
        row, style = cells(line.rstrip("\r"), style)
        text = "".join(character for character, _ in row)
        if not rows and not text.startswith(first):
            continue
        rows.append(row)
        if text.startswith(last):
            break
    return rows


def draw(rows, path):
    """Draws rows of styled characters."""
    fonts = [ImageFont.truetype(FONTS.format(name), SIZE) for name in ("", "-Bold")]
    width, height = fonts[0].getlength("m"), SIZE + 5
    size = (int(max(map(len, rows)) * width) + 2 * PADDING, len(rows) * height + 2 * PADDING)
    image = Image.new("RGB", size, BACKGROUND)
    canvas = ImageDraw.Draw(image)
    for y, row in enumerate(rows):
        for x, (character, (colour, bold)) in enumerate(row):
            canvas.text((PADDING + x * width, PADDING + y * height), character, font=fonts[bold], fill=colour)
    image.save(path, optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("screen")
    parser.add_argument("picture")
    parser.add_argument("--from", dest="first", required=True, help="how the first line begins")
    parser.add_argument("--to", dest="last", required=True, help="how the last line begins")
    arguments = parser.parse_args()
    draw(read(arguments.screen, arguments.first, arguments.last), arguments.picture)

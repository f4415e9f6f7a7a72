"""Build assets/icons/digitpad.png, the program's icon: python -m assets.build_icon

The icon is drawn at any size: the window and Linux desktops use the file, Windows and macOS programs larger ones.
"""

from PIL import Image, ImageDraw

from app.paths import ASSETS
from model.files import replacing

SIZE = 256  # pixels of the file
BLUE, WHITE = (0x2B, 0x62, 0xF0), (0xFF, 0xFF, 0xFF)
MARGIN, ROUNDING = 1 / 64, 0.22  # of the square, in parts of its side, as all that follows
SEVEN = ((0.31, 0.30), (0.69, 0.30), (0.44, 0.78))
WIDTH = 0.125
FINER = 4  # it is drawn so many times as large, and made smaller: that smooths the edges


def draw(size: int) -> Image.Image:
    """A white 7 on a blue square with round corners; RGBA, `size` pixels wide and high."""
    side = size * FINER
    image = Image.new("RGBA", (side, side), (*BLUE, 0))
    pen = ImageDraw.Draw(image)
    box = (MARGIN * side, MARGIN * side, (1 - MARGIN) * side, (1 - MARGIN) * side)
    pen.rounded_rectangle(box, ROUNDING * side, fill=BLUE)
    corners = [(x * side, y * side) for x, y in SEVEN]
    pen.line(corners, WHITE, round(WIDTH * side))
    radius = WIDTH * side / 2
    for x, y in corners:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=WHITE)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write the file."""
    with replacing(ASSETS / "icons" / "digitpad.png") as part:
        draw(SIZE).save(part, format="PNG", optimize=True)


if __name__ == "__main__":
    main()

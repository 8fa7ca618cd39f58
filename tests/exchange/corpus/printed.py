"""A printed form: rows of boxes with their extents, before any file format."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Box:
    """A cell: its text, the columns and rows it covers, its width in centimetres."""

    text: str
    across: int = 1
    down: int = 1


@dataclass
class Printed:
    """A form as printed. ``rows`` hold only the boxes that begin in each row, ``widths`` centimetres a column."""

    title: list[str]
    rows: list[list[Box]]
    widths: list[float]
    tail: list[str] = field(default_factory=list)

    def placed(self) -> list[tuple[int, int, Box]]:
        """(row, column, box) of every box; checks that the boxes tile the table."""
        taken: set[tuple[int, int]] = set()
        found = []
        for number, row in enumerate(self.rows):
            column = 0
            for box in row:
                while (number, column) in taken:
                    column += 1
                found.append((number, column, box))
                for down in range(box.down):
                    for across in range(box.across):
                        place = (number + down, column + across)
                        assert place not in taken, (place, box)
                        taken.add(place)
                column += box.across
        assert len(taken) == len(self.rows) * len(self.widths), "boxes do not tile the table"
        return found

    def covered(self) -> list[list[Box | None]]:
        """The box of each position, the same object at each position it covers."""
        grid: list[list[Box | None]] = [[None] * len(self.widths) for _ in self.rows]
        for row, column, box in self.placed():
            for down in range(box.down):
                for across in range(box.across):
                    grid[row + down][column + across] = box
        return grid

"""What is raised when input cannot be charted: one sentence a person can act on."""


class BadInput(ValueError):
    """Input that cannot be charted: where it is, what was found, what was expected, what to do.

    `row` is the position in the table as given, counted from 0; readers of files turn it into the
    line a person sees (`numbered`), so that the sentence names the row of the file. `table` says which
    table it is where a call takes several ("claims").
    """

    def __init__(
        self, problem: str, *, row: int | None = None, column: str | None = None, table: str | None = None
    ) -> None:
        self.problem = problem
        self.table = table
        self.row = row
        self.column = column
        super().__init__(self.numbered(first=1))

    def numbered(self, *, first: int) -> str:
        """The sentence, with rows counted from `first` (2 for a file whose first line is a header)."""
        places = [] if self.table is None else [self.table]
        if self.row is not None:
            places.append(f"row {self.row + first}")
        if self.column is not None:
            places.append(f'column "{self.column}"')
        if not places:
            return self.problem
        where = ", ".join(places)
        return f"{where[0].upper()}{where[1:]}: {self.problem}"

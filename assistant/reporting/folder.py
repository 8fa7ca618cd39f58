"""From a judged folder to the subject of a report: each form that counts is read once more, whole."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain.errors import ZipingError
from assistant.exchange.read import read_document
from assistant.reporting.subject import Project, Subject, project_of, subject_of
from assistant.season.result import FormResult
from assistant.season.start import Season


def subject_of_folder(season: Season, *, public: bool = False) -> Subject:
    """The projects of *season*, whose forms are judged already; what changed or vanished since is named as not read."""
    summary = season.summary()
    unread = list(summary.unread)

    def projects() -> Iterator[Project]:
        for result in summary.forms:
            try:
                form = season.folder.read(result.file)
                case = read_document(form.data, form.file).case
                yield project_of(case, season.rules.of(case), result.file, public=public)
            except ZipingError as error:
                unread.append(FormResult(file=result.file, trouble=str(error)))

    found = tuple(projects())
    return subject_of(found, unread, public=public)

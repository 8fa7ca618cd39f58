"""Scores on the main screen: fill in the computed one, or a person's with its reason."""

from __future__ import annotations

from assistant.domain.errors import ZipingError
from assistant.domain.scores import Status
from assistant.tui.flow import PageKind
from assistant.tui.hints import key
from assistant.tui.screens.reviewing import ReviewingScreen
from assistant.tui.wording import score_range
from assistant.workspace.overrides import override_at, with_override, without_override
from assistant.workspace.workspace import Author


class ScoringScreen(ReviewingScreen):
    """The walk with what becomes of scores."""

    def scored_row(self) -> str:
        """The scored row on the screen (``funds.total``, ``indicators[3]``), ``""`` on other pages."""
        return "funds.total" if self.stop.kind is PageKind.FUNDS else self.stop.path

    def fill_computed(self) -> None:
        """Fill in the computed score; a person's score for the row ends with that."""
        row = self.scored_row()
        line = self.desk.settle().sheet.line(row)
        if line is None:
            self.notify("本页没有得分可填。", timeout=3)
        elif line.computed is None:
            self.notify(f"本项须由您评定，可填 {score_range(line)} 分，程序不代填。", timeout=5)
        elif override_at(self.services.workspace.case, row) is not None:
            self._take_away(row)
        elif line.status is Status.AGREES:  # 1 is as good as 1.00: what the user wrote stays as it is written
            self.notify("得分与计算得分一致，不用改。", timeout=3)
        else:
            self.desk.write(f"{row}.score", str(line.computed), Author.CURE)

    def action_override(self) -> None:
        """Ask for a person's score and its reason, the computed one beside it."""
        from assistant.tui.screens.score_dialog import ScoreDialog

        row = self.scored_row()
        line = self.desk.settle().sheet.line(row)
        if line is None:
            self.notify("请先到“项目资金”或某一项指标。", timeout=3)
            return

        def answered(answer: tuple[str, str] | None) -> None:
            if answer is None:
                return
            if answer == ("", ""):
                self._take_away(row)
                return
            case = self.desk.settle().case
            self.desk.replace(with_override(case, row, *answer), Author.OVERRIDE, f"{row}.score")
            self.notify(f"已按人工评分 {answer[0]} 分（{key(self, 'undo')} 可撤销）。", timeout=4)

        present = override_at(self.services.workspace.case, row)
        self.app.push_screen(ScoreDialog(line, present, self.desk), answered)

    def action_what_if(self) -> None:
        """Try another value for the cell the cursor is in, without changing anything."""
        from assistant.tui.screens.what_if_dialog import WhatIfDialog

        self.desk.settle()
        path = self.current_path()
        if "." not in path and self.stop.kind is PageKind.INDICATOR:
            path = f"{self.stop.path}.actual"
        if not path or path.startswith("people"):
            self.notify("请先把光标放在要试算的格子里。", timeout=3)
            return

        def answered(value: str | None) -> None:
            if value is not None:
                self.desk.write(path, value, Author.TYPING)
                self.notify(f"已采用试算的值（{key(self, 'undo')} 可撤销）。", timeout=4)

        self.app.push_screen(WhatIfDialog(self.desk, path), answered)

    def action_change_rules(self) -> None:
        """Score and check under other rules; what they would change is shown before choosing."""
        from assistant.tui.screens.rules_dialog import RulesDialog

        case, present = self.desk.settle().case, self.services.workspace.profile
        choices = [
            (profile.id, f"{profile.label}  {profile.id}  {profile.basis}")
            for profile in self.services.profiles()
        ]
        self.app.push_screen(
            RulesDialog(choices, present, self.services.load_profile, case), self._rules_chosen
        )

    def _rules_chosen(self, profile_id: str | None) -> None:
        if profile_id is None:
            return
        try:
            profile = self.services.load_profile(profile_id)
        except ZipingError as error:
            self.notify(str(error), severity="error", timeout=8)
            return
        self.desk.settle()
        self.services.workspace.use(profile)
        self.notify(f"已改用：{profile.label}", timeout=4)

    def _take_away(self, row: str) -> None:
        snapshot = self.desk.settle()
        line = snapshot.sheet.line(row)
        score = str(line.computed) if line is not None and line.computed is not None else ""
        self.desk.replace(without_override(snapshot.case, row, score), Author.OVERRIDE, f"{row}.score")
        after = f"，改回计算得分 {score}" if score else ""
        self.notify(f"已取消人工评分{after}（{key(self, 'undo')} 可撤销）。", timeout=4)

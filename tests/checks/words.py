"""One form, the checks of words on it: what the area tests share."""

from __future__ import annotations

from assistant.catalogue.profiles import load_profile
from assistant.checks.engine import all_checks, check_form
from assistant.checks.examples import case_of
from assistant.checks.form import build_form
from assistant.domain.case import Case
from assistant.domain.findings import Finding
from assistant.scoring.engine import score_case


def findings(code: str, form: str | Case) -> list[Finding]:
    """What the check *code* says of a form, given as a case or in the notation of README.md."""
    case = case_of(form) if isinstance(form, str) else form
    profile = load_profile(case.profile)
    built = build_form(case, score_case(case, profile), profile)
    return list(check_form(built, {code: all_checks()[code]}).findings)

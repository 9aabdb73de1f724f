"""Every table, once; one module per subject. Rows never leave the store.

A part that people change has a version: it counts its changes and stands with who made the last one, and when.
What is removed keeps its row (`removed_at`), so that its version, number and key are never given again.
"""

from selfcheck.store.database.tables.access import Grant, Link, Place
from selfcheck.store.database.tables.accounts import Account, AccountSession, Attempt
from selfcheck.store.database.tables.audit_sheet import OnlyThere, SheetLine, SheetMark
from selfcheck.store.database.tables.data import PurgeRun
from selfcheck.store.database.tables.files import PieceFile
from selfcheck.store.database.tables.goals import Goal, Interim, PastGoal, Project
from selfcheck.store.database.tables.history import Change, NamedState, Redaction
from selfcheck.store.database.tables.mail import Mail, Reminder
from selfcheck.store.database.tables.operating import Job
from selfcheck.store.database.tables.review.cases import (
    AdvisorInvitation,
    CaseChange,
    CaseFlag,
    CaseLook,
    CaseNote,
    CaseReminder,
    CaseStand,
    CaseStep,
    GoodExample,
    Judgement,
    ReviewCase,
    TextBlock,
    Thread,
    ThreadMessage,
)
from selfcheck.store.database.tables.review.interview import InterviewRow, InterviewText, RecordVersion
from selfcheck.store.database.tables.review.recommendations import AuditBefore, Recommendation
from selfcheck.store.database.tables.review.results import AgreedGoal, CaseRelease, CaseResult, ChamberSetting
from selfcheck.store.database.tables.self_check import Answer, Evidence, SelfCheck, Step
from selfcheck.store.database.tables.sharing import Share, ShareRead, Snapshot
from selfcheck.store.database.tables.team import Assignment, Comment

__all__ = [
    "Account",
    "AccountSession",
    "AdvisorInvitation",
    "AgreedGoal",
    "Answer",
    "Assignment",
    "Attempt",
    "AuditBefore",
    "CaseChange",
    "CaseFlag",
    "CaseLook",
    "CaseNote",
    "CaseRelease",
    "CaseReminder",
    "CaseResult",
    "CaseStand",
    "CaseStep",
    "ChamberSetting",
    "Change",
    "Comment",
    "Evidence",
    "Goal",
    "GoodExample",
    "Grant",
    "Interim",
    "InterviewRow",
    "InterviewText",
    "Job",
    "Judgement",
    "Link",
    "Mail",
    "NamedState",
    "OnlyThere",
    "PastGoal",
    "PieceFile",
    "Place",
    "Project",
    "PurgeRun",
    "Recommendation",
    "RecordVersion",
    "Redaction",
    "Reminder",
    "ReviewCase",
    "SelfCheck",
    "Share",
    "ShareRead",
    "SheetLine",
    "SheetMark",
    "Snapshot",
    "Step",
    "TextBlock",
    "Thread",
    "ThreadMessage",
]

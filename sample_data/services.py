"""Health services' figures as shown to a SENDCO network meeting or published, and the activities of Inclusion Week."""

from sample_data.workbook import Sheet

HEALTH = ("Health service", "NHS trust", "Measure", "Period", "Value", "Unit", "Compared with", "Note")
CHANGE, NATIONAL = "%", "National average"
AUTISM, CAMHS, ADHD, SPEECH, PHYSIO = "Autism", "CAMHS", "ADHD", "Speech and language therapy", "Physiotherapy"
NSCHT, MPFT, ENGLAND = "NSCHT", "MPFT", "England"
ADVICE = "Change in requests for EHC needs assessment advice"
WAITING, SITREP = "Waiting list", "Community Health Services SitRep, NHS England"
FIGURES = (
    (AUTISM, NSCHT, "Change in referrals", 2025, 415, CHANGE, None, "To 2025; the base year was not stated"),
    (AUTISM, NSCHT, "Change in caseload", 2025, 947, CHANGE, 2019, None),
    (AUTISM, NSCHT, "Average wait", "April 2024", 92, "weeks", None, "To first appointment"),
    (AUTISM, NSCHT, "Average wait", "June 2025", 103, "weeks", None, "To first appointment"),
    (AUTISM, NSCHT, "Longest wait", "June 2025", 136, "weeks", None, None),
    (AUTISM, MPFT, "Change in referrals", "2024/25", 145, CHANGE, None, "Period and base year were not stated"),
    (AUTISM, MPFT, "Change in caseload", "2024/25", 144, CHANGE, "2020/21", "The year was printed as 2042/25"),
    (AUTISM, MPFT, "Average wait", "April 2025", 84, "weeks", None,
     "To first appointment; printed as increased to 84 weeks in April 2024 compared to 84 weeks in April 2025"),
    (AUTISM, MPFT, "Longest wait", "April 2025", 102, "weeks", None, None),
    (CAMHS, NSCHT, "Change in referrals", 2025, 375, CHANGE, 2019, "The years were printed as 21019-2025"),
    (CAMHS, NSCHT, "Referrals", 2025, 6575, "count", None, None),
    (CAMHS, NSCHT, "Change in caseload", "March 2025", 59, CHANGE, 2019, None),
    (CAMHS, NSCHT, "Caseload", "March 2025", 2004, "count", None, None),
    (CAMHS, MPFT, "Referrals", "2023/24", 2151, "count", None, None),
    (CAMHS, MPFT, "Referrals", "2024/25", 2355, "count", None, None),
    (CAMHS, MPFT, "Change in referrals", "2024/25", 9, CHANGE, "2023/24", None),
    (CAMHS, MPFT, "Caseload", "2023/24", 1866, "count", None, "Monthly average"),
    (CAMHS, MPFT, "Caseload", "2024/25", 2105, "count", None, "Monthly average"),
    (CAMHS, MPFT, "Change in caseload", "2024/25", 13, CHANGE, "2023/24", None),
    (ADHD, MPFT, "Share of community paediatrics", "Q1 2025/26", 45, "%", None,
     "Only Q1 was given; its year was not stated and is taken to be 2025/26"),
    (ADHD, NSCHT, "Share of community paediatrics", "Q1 2025/26", None, "%", None, "Not available until Q2"),
    (SPEECH, MPFT, "Change in referrals", 2025, 18, CHANGE, 2019, None),
    (SPEECH, MPFT, "Referrals", 2025, 5576, "count", None, None),
    (SPEECH, MPFT, "Change in caseload", 2025, 37, CHANGE, 2019, None),
    (SPEECH, MPFT, "Caseload", 2025, 7022, "count", None, None),
    (SPEECH, MPFT, ADVICE, 2025, 437, CHANGE, 2022, None),
    (SPEECH, MPFT, "% over 18 weeks", "May 2024", 13.1, "%", None, None),
    (SPEECH, MPFT, "% over 18 weeks", "May 2025", 2.9, "%", None, None),
    (SPEECH, ENGLAND, "% over 18 weeks", "May 2025", 26.6, "%", None, NATIONAL),
    (PHYSIO, MPFT, "Change in referrals", 2025, 31, CHANGE, 2019, None),
    (PHYSIO, MPFT, "Change in caseload", 2025, 52, CHANGE, 2019, "Level since 2023"),
    (PHYSIO, MPFT, "% over 18 weeks", "May 2024", 3.2, "%", None, None),
    (PHYSIO, MPFT, "% over 18 weeks", "May 2025", 1.9, "%", None, None),
    (PHYSIO, ENGLAND, "% over 18 weeks", "May 2025", 9.3, "%", None, NATIONAL),
    ("Community paediatrics", MPFT, WAITING, "September 2023", 1622, "count", None, SITREP),
    (SPEECH, MPFT, WAITING, "September 2023", 393, "count", None, SITREP),
    ("Occupational therapy", MPFT, WAITING, "September 2023", 93, "count", None, SITREP),
    (PHYSIO, MPFT, WAITING, "September 2023", 770, "count", None, SITREP),
    ("Audiology", MPFT, WAITING, "September 2023", 760, "count", None, SITREP),
)  # fmt: skip

ACTIVITIES = (
    ("Project Indi", "children reached", 250, "Y", "About 250 children took part"),
    ("Opening assembly, streamed", "children reached", 1840, "Y", "Counted by class"),
    ("Staff training: communication in the classroom", "staff reached", 164, "N", None),
    ("Sensory story mornings", "children reached", 118, "N", "In nine primary schools"),
    ("Parent and carer coffee mornings", "parents and carers reached", 96, "Y", None),
    ("Inclusive sports afternoon", "children reached", 212, "N", None),
    ("Young people's panel", "young people reached", 34, "N", None),
)


def health() -> Sheet:
    """One figure a row; a figure the provider did not give is blank."""
    return Sheet("Health services", HEALTH, FIGURES)


def activities() -> Sheet:
    """Whom each activity reached."""
    return Sheet("Activities", ("Activity name", "Type of activity", "Number reached", "Estimate", "Note"), ACTIVITIES)

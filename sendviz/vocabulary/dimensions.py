"""The dimensions that several datasets share: each label, alias and known category written once."""

from typing import Annotated

from sendviz.vocabulary.fields import FinancialYear, MaybeText, PupilId, category, column, whole

NEEDS = {
    "ASD": "Autistic spectrum disorder",
    "SLCN": "Speech, language and communication needs",
    "SEMH": "Social, emotional and mental health",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SPLD": "Specific learning difficulty",
    "PD": "Physical disability",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
}
KEY_STAGES = (
    "Early years",
    "Reception",
    "Key stage 1",
    "Key stage 2",
    "Key stage 3",
    "Key stage 4",
    "Key stage 5",
    "19 to 25",
)
KEY_STAGE_SAID = {"19 to 25": "the 19 to 25 group"}  # inside a sentence
SCHOOL_TYPES = (
    "Mainstream", "Special", "Independent", "Special resource provision", "Further Education", "Specialist post 16",
    "AP - SEND", "PRU", "Out of school", "PVI/Nursery", "Personal budget",
)  # fmt: skip
PHASES = ("Nursery", "PVI", "Primary", "Secondary", "Specialist", "PRU", "Post-16", "Higher education")
URN = ("URN", "Unique reference number")

Pupil = Annotated[
    PupilId,
    column("Pupil ID", "UPN", "Stud ID", "Person ID", "Student ID", description="Stored only as a pseudonym."),
]
Locality = Annotated[
    str,
    category(),
    column("Locality", "Cluster", "Locality name", description="The part of the area the school belongs to."),
]
SchoolType = Annotated[
    str,
    category(
        *SCHOOL_TYPES, aka={"FE": "Further Education", "SRP": "Special resource provision", "Nursery": "PVI/Nursery"}
    ),
    column("School type", "Placement type", "Type of school", description="Where the plan is delivered."),
]
School = Annotated[
    str, category(), column("School name", "Base", "School", "Setting", description="The school or setting.")
]
Urn = Annotated[
    MaybeText,
    column(*URN, optional=True, description="The school's number in Get Information About Schools."),
]
Phase = Annotated[
    str,
    category(*PHASES, aka={"Post 16": "Post-16", "Special": "Specialist", "FE": "Post-16", "All-through": "Secondary"}),
    column("Phase", "School phase", "Phase of education", description="The phase of education."),
]
KeyStage = Annotated[
    str, category(
        *KEY_STAGES,
        aka={"EY": "Early years", "R": "Reception", "KS1": "Key stage 1", "KS2": "Key stage 2", "KS3": "Key stage 3",
             "KS4": "Key stage 4", "KS5": "Key stage 5", "Post-16": "Key stage 5", "19-25": "19 to 25",
             "Post 19": "19 to 25"},
    ),
    column("Key stage", "KS", description="From age on 31 August before the school year."),
]  # fmt: skip
PrimaryNeed = Annotated[
    str, category(
        *NEEDS.values(),
        aka=NEEDS | {"DN": NEEDS["DS"], "Autism": NEEDS["ASD"], "Autism spectrum disorder": NEEDS["ASD"],
                     "Visual impairment": NEEDS["VI"], "Other": NEEDS["OTH"]},
    ),
    column("Primary need", "Primary SEN need", "Need", "SEN type",
           description="The main type of need, as in the SEN2 return."),
]  # fmt: skip
HomeLA = Annotated[str, category(), column("Home LA", "Home LEA", description="The authority the pupil lives in.")]
FundingLA = Annotated[str, category(), column("Funding LA", "Funding LEA", description="The authority that pays.")]
CityStatus = Annotated[
    str,
    category("In city", "Out of city", aka={"In": "In city", "Out": "Out of city"}),
    column("City status", "In or out of city", description="Whether the placement is in the city."),
]
Gender = Annotated[
    str,
    category("Female", "Male", aka={"F": "Female", "M": "Male", "Girl": "Female", "Boy": "Male"}),
    column("Gender", "Sex", description="As recorded by the authority."),
]
AssessmentType = Annotated[
    str,
    category("Initial Assessment", "Re-Assessment", "LA Transfer during assessment"),
    column(
        "Assessment type",
        "Type of assessment",
        description="First assessment, re-assessment, or taken over from another authority.",
    ),
]
SpendYear = Annotated[FinancialYear, column("Financial year", "FY", description="1 April to 31 March.")]
Age = Annotated[int, whole(0, 25, 9), column("Age", description="Whole years on the date of the row.")]

# The filters, in the order a person meets them: names are field names, and the names used in links.
FILTERS = (
    "locality", "school_type", "school", "phase", "key_stage", "primary_need", "home_la", "funding_la",
    "city_status", "assessment_type", "source", "exception", "provider", "service", "area_name",
)  # fmt: skip
LIMITS = ("locality", "school")  # the columns by which what somebody may see at all is limited

"""How many of each: close to what DfE publishes for Stoke-on-Trent in January 2025 (ages, needs, school types)."""

# Primary needs of all plans (sen_needs_all_plans); Down syndrome is newly told apart, and the smallest kept clear of 5.
NEEDS = {
    "ASD": 654, "SLCN": 966, "SEMH": 769, "MLD": 680, "SLD": 75, "PMLD": 42, "SPLD": 55, "PD": 89, "HI": 49, "VI": 17,
    "MSI": 10, "DS": 21,
}  # fmt: skip

# Plans by age on 31 August (caseload): at the start of the sample, and among those who join.
AGES = {3: 44, 4: 132, 5: 156, 6: 183, 7: 170, 8: 160, 9: 160, 10: 198, 11: 204, 12: 214, 13: 232, 14: 228, 15: 207,
        16: 202, 17: 196, 18: 127, 19: 74, 20: 48, 21: 38, 22: 26, 23: 16}  # fmt: skip
JOINING_AGES = {2: 7, 3: 19, 4: 20, 5: 10, 6: 8, 7: 7, 8: 7, 9: 7, 10: 6, 11: 5, 12: 5, 13: 4, 14: 3, 15: 2, 16: 1}
OLDEST_STAY = 23  # on 31 August: those any older leave that summer
GENDERS = {"F": 29, "M": 71}
IN_CARE = 0.043

# School types by stage of schooling, at the start and among those who join.
Mix = dict[str, float]
TYPES: dict[str, Mix] = {
    "early": {"PVI/Nursery": 60, "Mainstream": 20, "Special": 20},
    "primary": {"Mainstream": 54, "Special": 34, "Independent": 4, "Special resource provision": 3.5,
                "Out of school": 4, "AP - SEND": 0.5},
    "secondary": {"Mainstream": 36, "Special": 35, "Independent": 18, "Special resource provision": 2.5,
                  "Out of school": 6, "AP - SEND": 2, "PRU": 1.5},
    "16 to 18": {"Further Education": 40, "Special": 19, "Specialist post 16": 18, "Independent": 9, "Mainstream": 4,
                 "Out of school": 8, "Personal budget": 2},
    "19 and over": {"Specialist post 16": 50, "Further Education": 32, "Out of school": 14, "Personal budget": 4},
}  # fmt: skip
JOINING_TYPES: dict[str, Mix] = {
    "early": {"PVI/Nursery": 45, "Mainstream": 38, "Special": 17},
    "primary": {"Mainstream": 80, "Special": 14, "Special resource provision": 3, "Independent": 1, "Out of school": 2},
    "secondary": {"Mainstream": 70, "Special": 12, "Independent": 6, "Out of school": 6, "AP - SEND": 4, "PRU": 2},
    "16 to 18": {"Further Education": 70, "Specialist post 16": 15, "Out of school": 15},
    "19 and over": {"Further Education": 100},
}

# Each September: where pupils go who have reached these ages on 31 August; types not named stay as they are.
NEXT_TYPE: dict[int, dict[str, Mix]] = {
    4: {"PVI/Nursery": {"Mainstream": 60, "Special": 36, "Special resource provision": 4}},
    11: {"Mainstream": {"Mainstream": 82, "Special": 13, "Independent": 3, "Special resource provision": 2}},
    16: {
        "Mainstream": {"Further Education": 58, "Mainstream": 15, "Specialist post 16": 10, "Out of school": 17},
        "Special": {"Special": 55, "Further Education": 20, "Specialist post 16": 25},
        "Independent": {"Independent": 45, "Further Education": 25, "Specialist post 16": 30},
        "Special resource provision": {"Further Education": 80, "Special": 20},
        "AP - SEND": {"Further Education": 70, "Out of school": 30},
        "PRU": {"Further Education": 60, "Out of school": 40},
    },
    19: {
        "Mainstream": {"Further Education": 100},
        "Special": {"Specialist post 16": 60, "Further Education": 25, "Out of school": 15},
        "Independent": {"Specialist post 16": 80, "Out of school": 20},
    },
}  # fmt: skip

# In any month but August, when schools are closed: from, to, how many at least and at most, ages on 31 August.
MOVES = (
    ("Mainstream", "Special", 6, 9, (4, 15)),
    ("Mainstream", "Independent", 2, 4, (6, 15)),
    ("Special", "Independent", 2, 3, (7, 15)),
    ("Out of school", "Independent", 1, 2, (6, 15)),
    ("Mainstream", "Special resource provision", 0, 1, (4, 14)),
    ("Mainstream", "Out of school", 1, 3, (5, 15)),
    ("Mainstream", "AP - SEND", 0, 1, (11, 15)),
    ("Mainstream", "PRU", 0, 1, (9, 15)),
    ("PRU", "Special", 0, 1, (9, 15)),
    ("AP - SEND", "Mainstream", 0, 1, (11, 15)),
    ("Out of school", "Special", 1, 2, (5, 15)),
    ("Out of school", "Further Education", 0, 2, (16, 23)),
    ("Out of school", "Personal budget", 0, 1, (14, 23)),
    ("Personal budget", "Out of school", 0, 1, (14, 23)),
)


def stage(age: int) -> str:
    """The stage of schooling of an age on 31 August."""
    limits = ((3, "early"), (10, "primary"), (15, "secondary"), (18, "16 to 18"))
    return next((name for last, name in limits if age <= last), "19 and over")


# What the case system calls the key stage of an age on 31 August.
KEY_STAGES = {
    **dict.fromkeys(range(4), "EY"),
    4: "R",
    **dict.fromkeys(range(5, 7), "KS1"),
    **dict.fromkeys(range(7, 11), "KS2"),
    **dict.fromkeys(range(11, 14), "KS3"),
    **dict.fromkeys(range(14, 16), "KS4"),
    **dict.fromkeys(range(16, 19), "KS5"),
    **dict.fromkeys(range(19, 26), "19-25"),
}

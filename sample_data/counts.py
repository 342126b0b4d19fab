"""How many each month, in the order of the month ends: what has to come out exactly.

The cohort is DfE's published 2,970 (January 2024) and 3,405 (January 2025), and 3,783 in January 2026. Final plans of
2024 are DfE's 559, 184 of them within 20 weeks; without exceptions 519 and 170.
"""

START = 2970

# January 2024 to January 2026: final plans issued, those with an exception, and of each the ones within 20 weeks.
PLANS = (
    38, 45, 52, 41, 50, 47, 58, 36, 44, 53, 51, 44,
    47, 46, 54, 45, 49, 52, 61, 38, 46, 53, 50, 45, 51,
)  # fmt: skip
EXCEPTIONS = (5, 0, 0, 0, 5, 0, 0, 0, 9, 5, 10, 6, 6, 0, 0, 0, 5, 0, 0, 0, 8, 6, 9, 5, 0)
ON_TIME_EXCEPTIONS = (0, 0, 0, 0, 0, 0, 0, 0, 9, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0)
ON_TIME_OTHERS = (
    14, 18, 19, 14, 13, 13, 16, 10, 10, 15, 14, 14,
    15, 18, 22, 19, 20, 25, 30, 18, 20, 26, 24, 24, 31,
)  # fmt: skip
OVER_A_YEAR = (0, 2, 1, 1, 2, 1, 2, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)

# February 2024 to January 2026: pupils who moved in with a plan, and pupils whose plan ceased.
MOVED_IN = (2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 2, 3, 2, 4, 3, 3, 2, 2)
CEASED = (4, 5, 6, 5, 7, 12, 48, 46, 8, 6, 6, 4, 7, 8, 9, 8, 10, 20, 74, 66, 13, 10, 9, 8)

# Referrals received, and those resulting in assessment (to August 2025 as shown to the network meeting).
REFERRALS = (
    66, 61, 79, 71, 67, 63, 91, 23, 47, 78, 73, 55,
    73, 55, 98, 64, 85, 88, 88, 29, 56, 87, 79, 59, 58,
)  # fmt: skip
AGREED = (
    51, 48, 61, 51, 54, 54, 74, 15, 29, 58, 46, 37,
    60, 36, 60, 45, 69, 64, 55, 18, 37, 57, 50, 35, 19,
)  # fmt: skip
PENDING = (*(0,) * 22, 5, 8, 31)

"""Figures that Wakefield printed in its SEND strategy of November 2025, under the indicators DfE has for the same."""

from sample_data.workbook import Sheet

HEADINGS = ("Area code", "Area name", "Level", "Period", "Measure", "Breakdown", "Value", "Source")
WAKEFIELD = ("E08000036", "Wakefield", "LA", "November 2025")
STRATEGY = "SEND strategy (Wakefield Council)"
PRINTED = {
    "ehc_plans": 4111, "sen_support": 7662, "number_asd": 1397, "number_slcn": 1295, "number_semh": 660,
    "number_sld": 261, "number_pd": 138, "number_spld": 93, "number_pmld": 65, "number_vi": 65, "number_mld": 61,
    "number_hi": 55, "number_msi": 3, "number_ds": 4,
}  # fmt: skip


def sheet() -> Sheet:
    """One printed figure a row. The needs add up to 4,097, 14 short of the plans printed beside them."""
    rows = [(*WAKEFIELD, measure, "All", value, STRATEGY) for measure, value in PRINTED.items()]
    return Sheet("Published figures", HEADINGS, rows)

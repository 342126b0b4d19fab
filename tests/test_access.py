"""Who is let in, as what, and what is said of a file that does not say it clearly."""

from pathlib import Path

import pytest

from sendviz.access import Access, Person, Role, name_of
from sendviz.settings import BadSetting

FILE = """
[[people]]
domain = "council.gov.uk"
roles = ["viewer"]

[[people]]
group = "SEND data team"
roles = ["data officer"]

[[people]]
email = "Jo.Lead@council.gov.uk"
roles = ["lead", "presenter"]
locality = ["Central"]

[[people]]
email = "mat@trust.org.uk"
roles = ["lead"]
trust = ["Potteries Trust"]
"""


@pytest.fixture
def access(tmp_path: Path) -> Access:
    return read(tmp_path, FILE)


def read(folder: Path, text: str) -> Access:
    path = folder / "access.toml"
    path.write_text(text)
    return Access.read(path)


def who(access: Access, **claims: object) -> Person | None:
    return access.person(claims, lambda trusts: ["Oak", "Elm"] if trusts == ("Potteries Trust",) else [])


def test_an_email_is_told_before_a_group_and_a_group_before_a_domain(access: Access) -> None:
    jo = who(access, email="jo.lead@COUNCIL.gov.uk", groups=["SEND data team"])
    assert jo and jo.roles == {Role.LEAD, Role.PRESENTER} and jo.limit == (("locality", ("Central",)),)
    officer = who(access, email="al@council.gov.uk", groups="send DATA team")
    assert officer and officer.loads and officer.presents and not officer.limit
    viewer = who(access, email="al@council.gov.uk")
    assert viewer and viewer.roles == {Role.VIEWER} and not viewer.presents


def test_a_trusts_lead_sees_its_schools(access: Access) -> None:
    lead = who(access, email="mat@trust.org.uk")
    assert lead and lead.limit == (("school", ("Elm", "Oak")),)


def test_a_trust_without_schools_shows_nothing_rather_than_everything(tmp_path: Path) -> None:
    access = read(tmp_path, '[[people]]\nemail = "a@b.uk"\nroles = ["lead"]\ntrust = ["Gone"]')
    lead = who(access, email="a@b.uk")
    assert lead and lead.limit == (("school", ()),)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "al@elsewhere.uk"},
        {"email": "al@council.gov.uk.evil.com"},
        {"email": "al@evil.com@council.gov.uk"},
        {"email": "al@council.gov.uk", "email_verified": False},
        {"email": "al@council.gov.uk", "email_verified": "false"},
        {"email": "al@council.gov.uk", "email_verified": None},
        {"email": None, "groups": None},
        {"email": "al@evil.com", "groups": 7},
        {"name": "Jo.Lead@council.gov.uk"},
    ],
)
def test_whom_nothing_matches_is_not_let_in(access: Access, claims: dict[str, object]) -> None:
    assert who(access, **claims) is None


def test_limits_add_up_to_less_never_to_more(tmp_path: Path) -> None:
    access = read(
        tmp_path,
        '[[people]]\ngroup = "a"\nroles = ["viewer"]\n[[people]]\ngroup = "b"\nroles = ["lead"]\nlocality = ["North"]',
    )
    both = who(access, email="x@y.uk", groups=["a", "b"])
    assert both and both.limit == (("locality", ("North",)),)


def test_whom_one_entry_limits_no_other_makes_a_data_officer(tmp_path: Path) -> None:
    access = read(
        tmp_path,
        '[[people]]\ngroup = "a"\nroles = ["data officer", "presenter"]\n'
        '[[people]]\ngroup = "b"\nroles = ["lead"]\nlocality = ["North"]',
    )
    both, officer = who(access, sub="x", groups=["a", "b"]), who(access, sub="x", groups=["a"])
    assert both and not both.loads and both.presents and both.limit == (("locality", ("North",)),)
    assert officer and officer.loads and not officer.limit


@pytest.mark.parametrize("left_out", [{"_claim_names": {"groups": "src1"}}, {"hasgroups": True}, {"hasgroups": "true"}])
def test_whose_groups_are_left_out_is_nobody_by_group_or_domain(access: Access, left_out: dict[str, object]) -> None:
    assert who(access, email="al@council.gov.uk", **left_out) is None
    assert who(access, email="al@council.gov.uk", groups=["SEND data team"], **left_out) is None
    assert access.misses_groups(left_out) and not access.misses_groups({"groups": ["SEND data team"]})
    jo = who(access, email="jo.lead@council.gov.uk", **left_out)
    assert jo and jo.limit, "an entry about the person needs no groups"


def test_groups_left_out_matter_only_where_an_entry_is_by_group(tmp_path: Path) -> None:
    access = read(tmp_path, '[[people]]\ndomain = "b.uk"\nroles = ["viewer"]')
    assert who(access, email="a@b.uk", hasgroups=True)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"email": "a@b.uk", "sub": "7"}, "a@b.uk"),
        ({"email": "a@b.uk", "email_verified": "true", "sub": "7"}, "a@b.uk"),
        ({"email": "a@b.uk", "email_verified": "False", "sub": "7"}, "7"),
        ({"preferred_username": "officer@council.uk", "sub": "7"}, "7"),
        ({"preferred_username": "officer@council.uk"}, "somebody without a name"),
    ],
)
def test_nobody_is_named_by_what_they_choose_themselves(claims: dict[str, object], name: str) -> None:
    assert name_of(claims) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[people]]\nemail = "a@b.uk"', "entry 1, roles: field required"),
        ('[[people]]\nroles = ["viewer"]', "entry 1 says whom it is about in one way"),
        (
            '[[people]]\nemail = "a@b.uk"\ndomain = "b.uk"\nroles = ["viewer"]',
            "entry 1 says whom it is about in one way",
        ),
        ('[[people]]\nemail = "a@b.uk"\nroles = ["boss"]', "entry 1, roles: input should be 'viewer', 'lead'"),
        ('[[people]]\nemail = "a@b.uk"\nroles = ["lead"]', "entry 1 limits a lead, and nobody else, in one way"),
        ('[[people]]\nemail = "a@b.uk"\nroles = ["viewer"]\nlocality = ["North"]', "entry 1 limits a lead"),
        (
            '[[people]]\nemail = "a@b.uk"\nroles = ["lead", "data officer"]\nlocality = ["North"]',
            "entry 1 makes somebody a lead, who sees a part, and a data officer",
        ),
        ('[[people]]\nemail = "a@b.uk"\nroles = ["viewer"]\ncolour = "red"', "entry 1, colour: extra inputs"),
        ("[people", "cannot be read"),
    ],
)
def test_a_file_that_is_not_clear_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(tmp_path, text)
    assert said in str(refused.value) and "access.toml" in str(refused.value)


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refused:
        read(tmp_path, '[[people]]\nroles = ["viewer"]\n[[people]]\nemail = "a@b.uk"\nroles = []')
    assert "entry 1" in str(refused.value) and "entry 2, roles" in str(refused.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="which says who may see what, cannot be read"):
        Access.read(tmp_path / "none.toml")

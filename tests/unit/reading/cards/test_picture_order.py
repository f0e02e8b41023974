"""Which part of a printed name is given and which family."""

import pytest

from mailflow.model.address import Address
from mailflow.reading.cards import picture_evidence, picture_order


def parts(name: str, region: str, *addresses: str) -> tuple[str, str]:
    found = picture_evidence.evidence(map(Address.parse, addresses), ())
    return picture_order.parts(name, name, found, region)


@pytest.mark.parametrize(
    ("name", "region", "given", "family"),
    [("Jane Roe", "GB", "Jane", "Roe"), ("Jane Q. Roe", "US", "Jane Q.", "Roe"),
     ("Kovács Eszter", "HU", "Eszter", "Kovács"), ("Eszter Kovács", "HU", "Eszter", "Kovács"),
     ("Zhang Wei", "CN", "Wei", "Zhang"), ("Nguyễn Văn Hùng", "VN", "Văn Hùng", "Nguyễn"),
     ("Kim Min-jun", "KR", "Min-jun", "Kim"), ("Priscilla Tan", "SG", "Priscilla", "Tan"),
     ("Joost van der Meer", "NL", "Joost", "van der Meer"),
     ("Katrien De Smet", "BE", "Katrien", "De Smet"), ("Omar Al Farsi", "AE", "Omar", "Al Farsi"),
     ("Andrés Ortega Villanueva", "ES", "Andrés", "Ortega Villanueva"),
     ("María José Ortega", "ES", "María José", "Ortega"), ("Jane ROE", "FR", "Jane", "ROE"),
     ("ROE Jane Mary", "FR", "Jane Mary", "ROE"), ("佐藤 美咲", "JP", "美咲", "佐藤"),
     ("Robert Lindqvist Jr.", "US", "Robert", "Lindqvist"), ("Amara", "NG", "Amara", "")],
)  # fmt: skip
def test_the_order_of_a_name_is_its_countrys(
    name: str, region: str, given: str, family: str
) -> None:
    assert parts(name, region) == (given, family)


def test_an_address_tells_the_order_where_the_country_leaves_it_open() -> None:
    assert parts("Varga Nilla", "HU", "nilla.varga@duna.hu") == ("Nilla", "Varga")

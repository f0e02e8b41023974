"""The PostgreSQL the other tests rely on gives each test an empty database."""

import pytest
import sqlalchemy

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_a_database_of_its_own(postgres_database: str, turn: int) -> None:
    engine = sqlalchemy.create_engine(postgres_database)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE only_here (x int)"))
        version = connection.execute(sqlalchemy.text("SHOW server_version_num")).scalar_one()
    engine.dispose()
    assert int(version) >= 150000

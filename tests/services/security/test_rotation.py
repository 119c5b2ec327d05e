"""Keys follow one another while the service goes on."""

from __future__ import annotations

import pytest

from wenye.services.people.models import Correction, Person
from wenye.services.security import rotation
from wenye.services.security.fields import SealedTextField
from wenye.services.security.keys import FileKeys, KeysError, provider
from wenye.services.security.sealing import blind, blinds, seal, unseal


@pytest.fixture
def own_keys(db: None):
    """The keys as they were are put back, since the test district is sealed with them."""
    keys = provider()
    assert isinstance(keys, FileKeys)
    content = keys.path.read_bytes()
    yield keys
    keys.path.write_bytes(content)
    keys._read = None


def test_everything_is_sealed_anew_and_found_meanwhile(own_keys: FileKeys) -> None:
    some = list(Person.objects.all()[:5])
    numbers = {person.pk: person.number for person in some}
    person = Person.objects.get(pk=some[0].pk)
    person.phone = "13812345678"
    person.save()
    Correction.objects.create(
        register="people", row_key=1, fact="sex", value="male", department="公安", reason="=1+1"
    )
    old = own_keys.live()[0].id
    new = own_keys.rotate().id  # a rotation that was cut off before its first batch
    for key, number in numbers.items():  # the index of the old key still finds
        assert Person.objects.with_number(number).get().pk == key
    told: list[tuple[str, int, int]] = []
    assert rotation.rotate(lambda *each: told.append(each), batch=97) == new
    assert told[-1][1] == told[-1][2] and any(
        place == "people.person.number" for place, _, _ in told
    )
    assert {each.id: each.count for each in rotation.status()}[old] == 0
    for key, number in numbers.items():
        found = Person.objects.with_number(number).get()
        assert (found.pk, found.number) == (key, number)
        assert found.number_blind.startswith(f"{new}:")
    assert Person.objects.with_phone("13812345678").get().pk == person.pk
    assert Correction.objects.get(reason__isnull=False).reason == "=1+1"
    assert rotation.retire_unused() == [old]
    assert [each.id for each in own_keys.live()] == [new]
    assert Person.objects.with_number(numbers[person.pk]).get().phone == "13812345678"


def test_a_rotation_that_was_cut_off_goes_on_with_the_same_key(
    own_keys: FileKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(Exception):
        pass

    def cut(place: str, done: int, total: int) -> None:
        raise Cut

    with pytest.raises(Cut):
        rotation.rotate(cut, batch=50)
    first = own_keys.live()[0].id
    waiting = sum(each.count for each in rotation.status() if not each.encrypts)
    assert waiting > 0
    assert rotation.rotate() == first
    assert sum(each.count for each in rotation.status() if not each.encrypts) == 0


def test_a_value_is_bound_to_its_column() -> None:
    sealed = seal("310114199001010011", "people.person.number")
    assert unseal(sealed, "people.person.number") == "310114199001010011"
    with pytest.raises(KeysError):
        unseal(sealed, "people.person.phone")
    assert blind("1", "a") in blinds("1", "a")
    assert blind("1", "a") != blind("1", "b")


def test_every_sealed_column_is_gone_through() -> None:
    places = {column.place for column in rotation.sealed_columns()}
    assert {"people.person.number", "people.correction.value"} <= places
    blind_of = {column.place: column.blind for column in rotation.sealed_columns()}
    assert blind_of["people.person.account"] is not None


def test_a_sealed_field_cannot_be_searched(db: None) -> None:
    from django.core.exceptions import FieldError

    assert isinstance(Person._meta.get_field("number"), SealedTextField)
    with pytest.raises(FieldError, match="blind index"):
        Person.objects.filter(number="310114199001010011").count()

"""People for the browser walks: somebody whom the district pays, and officers of their town.

Run as ``python -m tests.live.walkers`` on a service's home; prints who they are as JSON.
"""

from __future__ import annotations

import json

from tests.service import AS_OF

#: A scheme that the district itself pays, on values that money may be paid on.
SCHEME = "flexible_social_insurance"
ACCOUNT = "6222020100001234567"
PASSWORD = "wenye-demo-2026"


def prepare() -> dict[str, object]:
    """Find somebody entitled, end their case under way, and let the night offer it to them."""
    from wenye.services.accounts.models import Post, User
    from wenye.services.accounts.roles import Acting, Role
    from wenye.services.cases.deciding import deciding_day
    from wenye.services.cases.models import Case
    from wenye.services.cases.workflow import perform
    from wenye.services.decisions.deciding import decide_all
    from wenye.services.offers.models import Offer
    from wenye.services.offers.nightly import run
    from wenye.services.people.models import Person

    found = decide_all(SCHEME, _keys(), deciding_day(), with_flips=False)
    entitled = next(each for each in found if each.payable)
    assert entitled.key is not None
    person = Person.objects.get(pk=entitled.key)
    citizen = Acting(0, "本人", Role.CITIZEN, 0, person_key=person.pk)
    for case in Case.objects.live().filter(scheme=SCHEME, subject_key=person.pk):
        perform(case, "withdraw", citizen, reason="重新办理")
    person.account = ACCOUNT
    person.save()
    made = {"walk_citizen": Role.CITIZEN, "walk_town": Role.TOWN_REVIEWER}
    for name, role in made.items():
        user = User.objects.create_user(
            name, PASSWORD, name=name, person_key=person.pk if role is Role.CITIZEN else None
        )
        town = person.town if role is Role.TOWN_REVIEWER else ""
        Post.objects.create(user=user, role=role.value, town=town, since="2026-01-01")
    run(AS_OF, lambda *told: None)
    offer = Offer.objects.filter(scheme=SCHEME, person_key=person.pk, live=True).first()
    return {
        "person": person.pk,
        "town": person.town,
        "offer": offer.pk if offer else None,
        "mode": offer.mode if offer else "",
        "state": offer.state if offer else "",
    }


def _keys() -> list[int]:
    from wenye.registers.model import Person
    from wenye.services.decisions.facts import facts

    return [int(key) for key in facts().table(Person).select("key").collect()["key"]]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(prepare()))

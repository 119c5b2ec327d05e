"""Whose a provider's login is: linked by an administrator, or by a citizen's own number.

Nobody becomes an officer by logging in. A citizen may be linked by the identity number that the
provider vouches for: to an account that is theirs alone and holds no officer's post, or to a new
one that is a citizen's and nothing else.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenye.services.accounts.models import Post, User
from wenye.services.accounts.roles import Acting, Role
from wenye.services.audit import record
from wenye.services.people.models import Person
from wenye.services.portal.clients import ClientError
from wenye.services.portal.models import LinkedIdentity


def user_of(issuer: str, subject: str) -> User | None:
    """The user to whom this login is linked."""
    found = LinkedIdentity.objects.filter(issuer=issuer, subject=subject).select_related("user")
    row = found.first()
    return row.user if row else None


def link(acting: Acting | None, issuer: str, subject: str, user: User) -> LinkedIdentity:
    """Link a login to a user; ClientError where it is linked already."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = LinkedIdentity.objects.create(
                    issuer=issuer,
                    subject=subject,
                    user=user,
                    linked_by=acting.user_id if acting else None,
                )
        except IntegrityError:
            raise ClientError(
                _("这个统一登录身份已经关联了账号"), where="subject", mend=_("先解除原来的关联")
            ) from None
        record.change(acting, "identity.link", "user", user.pk, person=user.person_key)
    return row


def unlink(acting: Acting | None, row: LinkedIdentity) -> None:
    """End a link: the login opens nothing any more."""
    with transaction.atomic():
        record.change(acting, "identity.unlink", "user", row.user_id)
        row.delete()


def citizen_of(number: str) -> Person | None:
    """Whoever of the register has the identity number."""
    text = number.strip().upper()
    if not text or "\0" in text:
        return None
    return Person.objects.with_number(text).order_by("key").first()


def link_citizen(issuer: str, subject: str, number: str) -> User | None:
    """The citizen's user, linked to this login; None where the register has nobody of the number.

    An account that holds, or has ever held, another post than a citizen's is left alone: an officer
    is linked by an administrator.
    """
    person = citizen_of(number)
    if person is None:
        return None
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # one account, of two logins at once
        already = user_of(issuer, subject)
        if already is not None:
            return already
        user = _own_account(person) or _new_account(person)
        link(None, issuer, subject, user)
    return user


def _own_account(person: Person) -> User | None:
    users = User.objects.filter(person_key=person.pk, employer_key=None, is_active=True)
    held = Post.objects.exclude(role=Role.CITIZEN).values("user_id")
    citizens = Post.objects.filter(role=Role.CITIZEN).values("user_id")
    return users.filter(pk__in=citizens).exclude(pk__in=held).order_by("pk").first()


def _new_account(person: Person) -> User:
    user = User.objects.create_user(
        f"citizen-{person.pk}", None, name=person.name, person_key=person.pk
    )
    Post.objects.create(user=user, role=Role.CITIZEN.value, since=timezone.localdate())
    record.change(None, "user.make", "user", user.pk, person=person.pk)
    return user

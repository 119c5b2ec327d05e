"""Users and the posts that they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from wenye.services.accounts.roles import LABELS, Acting, Role

if TYPE_CHECKING:
    import datetime as dt


class UserManager(BaseUserManager["User"]):
    """Makes users; the password is hashed, an empty one can never log in."""

    def create_user(self, username: str, password: str | None = None, **more: Any) -> User:
        """A user, saved."""
        user = self.model(username=username, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """As login finds one."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """Somebody who can log in. Who they are to the policy is told by surrogate keys alone."""

    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=80)
    person_key = models.IntegerField("人员编号", null=True, blank=True, db_index=True)
    employer_key = models.IntegerField("单位编号", null=True, blank=True, db_index=True)
    #: Surrogate keys of relatives whose cases they must not touch, as declared.
    relatives = models.JSONField("近亲属编号", default=list, blank=True)
    is_active = models.BooleanField("可登录", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    created_at = models.DateTimeField("建立时间", default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.username


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by whether they are held."""

    def held(self, on: dt.date) -> PostQuerySet:
        """Posts held on a day."""
        return self.filter(since__lte=on).exclude(until__lt=on)


class Post(models.Model):
    """A role that a user holds, and where: a town or a department where the role needs one."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=20, choices=[(r.value, LABELS[r][0]) for r in Role])
    town = models.CharField("街镇", max_length=9, blank=True, default="")
    department = models.CharField("部门", max_length=40, blank=True, default="")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="post_of_a_town_names_it",
                condition=~models.Q(role__in=[Role.CASE_WORKER, Role.TOWN_REVIEWER])
                | ~models.Q(town=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}:{self.role}"

    def acting(self) -> Acting:
        """The user in this post."""
        user = self.user
        return Acting(
            user_id=user.pk,
            name=user.name,
            role=Role(self.role),
            post_id=self.pk,
            town=self.town,
            department=self.department,
            person_key=user.person_key,
            employer_key=user.employer_key,
        )

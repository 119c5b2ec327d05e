"""Addresses of the account's own pages."""

from __future__ import annotations

from django.urls import path

from wenye.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("posts/", views.posts, name="posts"),
    path("password/", views.password, name="password"),
]

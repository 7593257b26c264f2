"""Addresses of this room."""

from django.urls import path

from gongjiang.web.messages import channels, inbox, out, todo

urlpatterns = [
    path("todo/", todo.page, name="todo"),
    path("messages/", inbox.page, name="messages"),
    path("messages/read/", inbox.read, name="messages-read"),
    path("messages/nudge/", inbox.nudge, name="messages-nudge"),
    path("messages/channels/", channels.page, name="messages-channels"),
    path("messages/out/", out.page, name="messages-out"),
    path("messages/out/hook/", out.act, name="messages-hook-act"),
    path("messages/out/again/", out.again, name="messages-resend"),
]

"""Addresses of this room."""

from django.urls import path

from gongjiang.web.messages import inbox, todo

urlpatterns = [
    path("todo/", todo.page, name="todo"),
    path("messages/", inbox.page, name="messages"),
    path("messages/read/", inbox.read, name="messages-read"),
    path("messages/nudge/", inbox.nudge, name="messages-nudge"),
]

"""The inbox, and what goes out of the platform. 待办 is not stored: it is read from open rows (services/reports)."""

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """Told to one user, or to whoever holds a role in an organisation.

    `headline` is what may be said of it outside the platform (mail, webhook): no names, no reasons; empty: only that
    there is a message. `spread`: has it been looked at for other channels?
    """

    class Kind(models.TextChoices):
        NOTE = "note", "消息"
        REMINDER = "reminder", "提醒"

    user = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.CASCADE, related_name="inbox")
    organisation = models.ForeignKey("gongjiang.Organisation", null=True, blank=True, on_delete=models.CASCADE)
    at = models.DateTimeField()
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NOTE)
    headline = models.CharField(max_length=200, blank=True)
    spread = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "read_at", "-id"], name="message_inbox"),
            models.Index(fields=["id"], condition=Q(spread=False), name="message_to_spread"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(organisation__isnull=False),
                name="message_has_receiver",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Channels(models.Model):
    """What a user wants told elsewhere than in the inbox, and when not."""

    class Wants(models.TextChoices):
        NONE = "none", "不发"
        REMINDERS = "reminder", "只发提醒"
        ALL = "all", "全部消息"

    user = models.OneToOneField("gongjiang.User", on_delete=models.CASCADE, related_name="channels")
    mail = models.CharField("邮件", max_length=12, choices=Wants, default=Wants.NONE)
    phone = models.CharField("短信、职工之家", max_length=12, choices=Wants, default=Wants.REMINDERS)
    quiet_from = models.TimeField("免打扰自", null=True, blank=True)
    quiet_until = models.TimeField("免打扰至", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}：{self.get_mail_display()}"


class Webhook(models.Model):
    """An address of another system (短信平台, 职工之家) that is told of messages. `secret` is sealed. `links`: it also
    passes one-time links on to people without an account, by their mobile number."""

    label = models.CharField("名称", max_length=40, unique=True)
    url = models.CharField("地址", max_length=400)
    secret = models.CharField(max_length=300)
    wants = models.CharField(max_length=12, choices=Channels.Wants, default=Channels.Wants.REMINDERS)
    links = models.BooleanField("也转发一次性链接", default=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class Delivery(models.Model):
    """A message on its way to one user by one channel; the rows are the queue.

    `target`: `mail`, `hook:<id>`, or `hook:env` for the address that the environment names. Its own number is the
    `webhook-id`, the same at every try.

    Or words to somebody without an account, such as a one-time link: no message and no user then, but what lists call
    it (`label`), who asked for it and is told if it can't be sent (`asker`, `about` what), and the words with their
    address, sealed (`outside`) until they have gone or been given up.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待发"
        RUNNING = "running", "正在发"
        SENT = "sent", "已发"
        DEAD = "dead", "未发出"

    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey("gongjiang.User", null=True, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120, blank=True)
    asker = models.ForeignKey("gongjiang.User", null=True, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=40, blank=True)
    outside = models.TextField("给没有账号的人的话（密封）", blank=True)
    target = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("最近一次结果", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "user", "target"], name="delivered_once"),
            models.CheckConstraint(
                condition=Q(message__isnull=False, user__isnull=False, label="", outside="")
                | (Q(message__isnull=True, user__isnull=True) & ~Q(label="")),
                name="delivery_to_user_or_outside",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at", "id"], name="delivery_queue")]

    def __str__(self) -> str:
        return f"{self.target} {self.state}"


class ReminderPlan(models.Model):
    """How an edition reminds: on which days before an end, whom. `seen_on` is the last day that was seen to;
    `taken_at` when a worker last began a day."""

    edition = models.OneToOneField("gongjiang.Edition", on_delete=models.CASCADE, related_name="reminders")
    marks = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    seen_on = models.DateField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.edition}：{self.marks}"


class Reminder(models.Model):
    """Who was reminded of what, for which day: once, however often the worker runs."""

    edition = models.ForeignKey("gongjiang.Edition", on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=60)
    receiver = models.CharField(max_length=24)
    last_day = models.DateField()
    mark = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "about", "receiver", "last_day", "mark"], name="reminded_once_a_mark"
            )
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.about} {self.last_day} -{self.mark}"

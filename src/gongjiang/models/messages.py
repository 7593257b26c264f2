"""The inbox. 待办 is not stored: it is read from open rows (services/messages)."""

from django.db import models


class Message(models.Model):
    """Told to one user, or to whoever holds a role in an organisation."""

    user = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.CASCADE, related_name="inbox")
    organisation = models.ForeignKey("gongjiang.Organisation", null=True, blank=True, on_delete=models.CASCADE)
    at = models.DateTimeField()
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "read_at", "-id"], name="message_inbox")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(organisation__isnull=False),
                name="message_has_receiver",
            )
        ]

    def __str__(self) -> str:
        return self.text

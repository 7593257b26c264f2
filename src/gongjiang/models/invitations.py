"""One-time links: for somebody who has no account, to say one thing about one case, or one person."""

from django.db import models


class Invitation(models.Model):
    """A link as it was sent. The token itself is kept nowhere: only its hash.

    `purpose` and `key` say what may be said: `opinion` with `sheet.party`, `letter` with the letter's id. It gives one
    answer (`used_at`), until `expires_at`, unless it was taken back. `subject`: of whom it is where there is no case
    (an account for an artisan of an imported register).

    `way`: how the token gets to the receiver. Shown to whoever made the link; or sent by the platform to `contact`
    (sealed; `delivery` on its way), so that whoever asked never sees it; or, where neither mail nor text messages are
    set up, handed out by an office that isn't the asker's (`handed_by`): until then nobody knows a token.
    """

    class Way(models.TextChoices):
        SHOWN = "shown", "由发出人自行转交"
        MAIL = "mail", "平台发邮件"
        PHONE = "phone", "平台发短信"
        OFFICE = "office", "由受理单位转交"

    case = models.ForeignKey("gongjiang.Case", null=True, on_delete=models.CASCADE, related_name="invitations")
    subject = models.ForeignKey("gongjiang.Subject", null=True, on_delete=models.CASCADE, related_name="invitations")
    purpose = models.CharField(max_length=12)
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    recipient = models.CharField("发给", max_length=60)
    way = models.CharField(max_length=8, choices=Way, default=Way.SHOWN)
    contact = models.CharField("邮箱或手机号（密封）", max_length=400, blank=True)
    delivery = models.OneToOneField(
        "gongjiang.Delivery", null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    handed_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_used_or_revoked",
            ),
            models.UniqueConstraint(
                fields=["case", "purpose", "key"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation",
            ),
            models.UniqueConstraint(
                fields=["subject", "purpose", "key"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True, case__isnull=True),
                name="one_open_invitation_of_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(case__isnull=False, subject__isnull=True)
                | models.Q(case__isnull=True, subject__isnull=False),
                name="invitation_about_case_or_person",
            ),
            models.CheckConstraint(
                condition=models.Q(way="shown") | ~models.Q(contact=""), name="invitation_sent_to_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.key} → {self.recipient}"

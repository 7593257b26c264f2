"""Mail that is shown where the server runs instead of being sent: what would go out, readable."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend


class ShownMail(EmailBackend):
    """Prints receiver, subject and text as they are, not as the wire has them."""

    def write_message(self, message: EmailMessage) -> None:
        """One mail."""
        head = f"── 邮件（未发出，只显示） 致 {'、'.join(message.to)}"
        self.stream.write("\n".join((head, str(message.subject), str(message.body))) + "\n\n")

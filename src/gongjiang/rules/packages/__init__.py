"""What an archive is: names that every system takes, bytes that every unpacker reads."""

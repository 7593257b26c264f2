"""When somebody is reminded, when they are left alone, how what goes out is signed."""

"""An artisan shown to the public: drafted with them, agreed to by them, reviewed by the union, gone at their word."""

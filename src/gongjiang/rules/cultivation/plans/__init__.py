"""The cultivation plan of one artisan (measures-2025 第十条): what it says, what it lacks, how it is agreed, what
changed, how far it is done."""

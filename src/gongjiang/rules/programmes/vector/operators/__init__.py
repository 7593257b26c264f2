"""Comparisons on columns, one file each; every module names the class it stands for in KIND."""

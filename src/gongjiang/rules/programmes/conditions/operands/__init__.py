"""Kinds of condition, one file each; every module names its class in CONDITION."""

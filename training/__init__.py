"""Recipes for the models that ship with zhen; nothing here is imported at run time."""

"""Reads config/ into domain types; every complaint names file and key."""

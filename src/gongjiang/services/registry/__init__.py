"""Registers: lists of earlier honours and talent plans brought in from elsewhere, and who they are about."""

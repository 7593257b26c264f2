"""Figures drawn from all the other rooms: 待办, the cockpit of an edition, its process line."""

"""The cockpit of an edition: funnel, units that lag, composition, experts, places, the map."""

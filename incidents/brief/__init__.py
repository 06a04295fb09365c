"""The briefing folder: index, map, country reports, incident sheets, tables; works from a USB stick."""

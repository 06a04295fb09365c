"""The publish gate: rules over all records; each finding says where it is and the way out."""

from incidents.checks.finding import Finding
from incidents.checks.rules import RULES, run_checks

__all__ = ["RULES", "Finding", "run_checks"]

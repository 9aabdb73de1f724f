"""The chamber's side: how a case goes, what a thread may become, and how the chamber's points lie beside the town's."""

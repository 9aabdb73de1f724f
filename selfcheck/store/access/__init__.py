"""Who may open a self-check: links, grants; beginning and deleting one."""

"""A legacy tree → pages, navigation and words of a playbook."""

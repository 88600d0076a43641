"""The language core: text in, typed drafts out. Pure; it never computes with a hidden clock."""

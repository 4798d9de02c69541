"""From a draft to a published article: what it changes, who may, and the one step that makes it live."""

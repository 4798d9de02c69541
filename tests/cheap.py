"""Password hashes that cost nothing, for tests that are not about their cost."""

from __future__ import annotations

from argon2 import PasswordHasher

HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOBODYS = HASHER.hash("nobody's")

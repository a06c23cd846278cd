"""All ready rule kinds."""

from core.rules import blanks, days, persons, posts, signatures

READY = (*blanks.KINDS, *persons.KINDS, *signatures.KINDS, *days.KINDS, *posts.KINDS)

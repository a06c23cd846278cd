"""All ready rule kinds."""

from core.rules import blanks, days, delegation, persons, posts, signatures

READY = (*blanks.KINDS, *persons.KINDS, *signatures.KINDS, *days.KINDS, *posts.KINDS, *delegation.KINDS)

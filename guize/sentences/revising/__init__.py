"""What `guize.sentences.revision` tells of a revision, a module a part; all take a `Voice`."""

package dev.scriptorium.server.jobs;

import java.util.UUID;

/**
 * A name that an owner gave, to a request or to a job: it means something among the owner's alone.
 */
record OwnedKey(UUID owner, String key) {}

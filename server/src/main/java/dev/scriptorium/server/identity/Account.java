package dev.scriptorium.server.identity;

import dev.scriptorium.server.wire.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param displayName unique
 * @param email as given; null for none
 * @param role the most that any key of the account may do
 * @param disabled true when no key of it works
 * @param hasPassword true when one is set
 * @param maxBooks null for no limit
 * @param maxBytes null for no limit
 */
record Account(
    UUID id,
    String displayName,
    @Nullable String email,
    Role role,
    boolean disabled,
    boolean hasPassword,
    @Nullable Long maxBooks,
    @Nullable Long maxBytes,
    Instant createdAt) {}

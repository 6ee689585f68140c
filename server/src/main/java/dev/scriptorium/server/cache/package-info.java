/**
 * A read cache of two levels: memory of this server, and Redis that servers share. It holds nothing
 * that is not elsewhere, so it may be slow, empty or gone. Knows no feature.
 */
@NullMarked
package dev.scriptorium.server.cache;

import org.jspecify.annotations.NullMarked;

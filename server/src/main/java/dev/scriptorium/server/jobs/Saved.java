package dev.scriptorium.server.jobs;

import com.google.protobuf.ByteString;
import java.time.Instant;

/**
 * What an attempt has saved for the next one.
 *
 * @param state at most 64 KiB
 * @param at by the server's clock
 */
public record Saved(AttemptRef attempt, ByteString state, Instant at) {
  static final int MOST_BYTES = 64 << 10;
}

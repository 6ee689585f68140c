package dev.scriptorium.server.reading;

import com.google.protobuf.Timestamp;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Checks the fields of a step; every method throws INVALID_FIELD. */
final class Requests {
  private static final int MAX_DEVICE = 100;

  private Requests() {}

  static Optional<UUID> requestId(UpdateProgressRequest request) {
    return ReadingName.id("request_id", request.getRequestId());
  }

  /**
   * @param bookLength code points of the book
   * @param revision of the head
   */
  static Step step(UpdateProgressRequest request, long bookLength, long revision, Instant now) {
    requireRange("offset", request.getOffset(), bookLength);
    requireRange("base_revision", request.getBaseRevision(), revision);
    return new Step(
        device("device", request.getDevice()),
        request.getBaseRevision(),
        request.getOffset(),
        eventAt(request, now),
        policy(request.getPolicy()));
  }

  private static void requireRange(String field, long value, long most) {
    if (value < 0 || value > most) {
      throw InvalidField.of(field, value, "0 to " + most);
    }
  }

  /** The name of a device, checked. */
  static String device(String field, String device) {
    requireDevice(field, device);
    return device;
  }

  static void requireDevice(String field, String device) {
    int length = device.codePointCount(0, device.length());
    if (device.isBlank()
        || length > MAX_DEVICE
        || device.chars().anyMatch(Character::isISOControl)) {
      throw InvalidField.of(field, device, "1 to 100 code points, no control characters");
    }
  }

  private static Instant eventAt(UpdateProgressRequest request, Instant now) {
    return request.hasEventTime() ? claimed("event_time", request.getEventTime(), now) : now;
  }

  /** What a device's clock said; one that runs ahead must not win against every other device. */
  static Instant claimed(String field, Timestamp time, Instant now) {
    Instant claimed = WireTime.parse(field, time);
    return claimed.isAfter(now) ? now : claimed;
  }

  private static ConflictPolicy policy(ConflictPolicy policy) {
    return switch (policy) {
      case CONFLICT_POLICY_UNSPECIFIED -> ConflictPolicy.CONFLICT_POLICY_ASK;
      case UNRECOGNIZED ->
          throw InvalidField.of("policy", "unknown", "ASK, NEWEST, FURTHEST, FORCE");
      case CONFLICT_POLICY_ASK,
          CONFLICT_POLICY_NEWEST,
          CONFLICT_POLICY_FURTHEST,
          CONFLICT_POLICY_FORCE ->
          policy;
    };
  }
}

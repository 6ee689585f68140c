package dev.scriptorium.server.reading;

import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Checks the fields of a step; every method throws INVALID_FIELD. */
final class Requests {
  private static final int MAX_DEVICE = 100;
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private Requests() {}

  static Optional<UUID> requestId(UpdateProgressRequest request) {
    String id = request.getRequestId();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    if (!UUID_FORM.matcher(id).matches()) {
      throw InvalidField.of("request_id", id, "a UUID, or empty");
    }
    return Optional.of(UUID.fromString(id));
  }

  /**
   * @param bookLength code points of the book
   * @param revision of the head
   */
  static Step step(UpdateProgressRequest request, long bookLength, long revision, Instant now) {
    requireRange("offset", request.getOffset(), bookLength);
    requireRange("base_revision", request.getBaseRevision(), revision);
    return new Step(
        device(request.getDevice()),
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

  private static String device(String device) {
    int length = device.codePointCount(0, device.length());
    if (device.isBlank()
        || length > MAX_DEVICE
        || device.chars().anyMatch(Character::isISOControl)) {
      throw InvalidField.of("device", device, "1 to 100 code points, no control characters");
    }
    return device;
  }

  // A clock that runs ahead must not win against every other device.
  private static Instant eventAt(UpdateProgressRequest request, Instant now) {
    if (!request.hasEventTime()) {
      return now;
    }
    Instant claimed = WireTime.parse("event_time", request.getEventTime());
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

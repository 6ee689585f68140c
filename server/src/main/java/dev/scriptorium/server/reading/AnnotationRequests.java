package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.Mark.Content;
import dev.scriptorium.server.reading.Mark.Field;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.UpdateAnnotationRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks the fields of annotations; every method throws INVALID_FIELD. */
final class AnnotationRequests {
  private static final Set<String> FIELDS = Set.of("start", "end", "color", "note", "tags");
  private static final int MAX_COLOR = 40;
  private static final int MAX_NOTE = 20_000;
  private static final int MAX_TAGS = 50;
  private static final int MAX_TAG = 100;

  private AnnotationRequests() {}

  /** What the reader gave to a mark. */
  static Content content(Annotation annotation) {
    text("annotation.color", annotation.getColor(), 0, MAX_COLOR);
    text("annotation.note", annotation.getNote(), 0, MAX_NOTE);
    if (annotation.getTagsCount() > MAX_TAGS) {
      throw InvalidField.of(
          "annotation.tags", annotation.getTagsCount() + " tags", "at most " + MAX_TAGS);
    }
    annotation.getTagsList().forEach(tag -> text("annotation.tags", tag, 1, MAX_TAG));
    List<String> tags = annotation.getTagsList().stream().distinct().toList();
    return new Content(annotation.getColor(), annotation.getNote(), tags);
  }

  /** The kind of a new mark. */
  static Annotation.Type type(Annotation annotation) {
    return switch (annotation.getType()) {
      case TYPE_BOOKMARK, TYPE_HIGHLIGHT, TYPE_NOTE -> annotation.getType();
      case TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw InvalidField.of(
              "annotation.type", annotation.getTypeValue(), "BOOKMARK, HIGHLIGHT, NOTE");
    };
  }

  /** The end of the range; that of a bookmark is its start. */
  static long end(Annotation.Type type, long start, long end) {
    if (type == Annotation.Type.TYPE_BOOKMARK) {
      return start;
    }
    if (type == Annotation.Type.TYPE_HIGHLIGHT && end <= start) {
      throw InvalidField.of("annotation.end", end, "more than annotation.start");
    }
    return Math.max(start, end);
  }

  /** Who edits. */
  static String device(String field, String device) {
    return Requests.device(field, device);
  }

  /** When it was edited, by the device's clock. */
  static Instant editedAt(Annotation annotation, Instant now) {
    return annotation.hasEditTime()
        ? Requests.claimed("annotation.edit_time", annotation.getEditTime(), now)
        : now;
  }

  /** What an update changes. */
  static Set<Field> fields(UpdateAnnotationRequest request) {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    for (String path : paths(request)) {
      fields.add(
          switch (path) {
            case "start", "end" -> Field.PLACE;
            case "color" -> Field.STYLE;
            case "note" -> Field.NOTE;
            case "tags" -> Field.TAGS;
            default ->
                throw InvalidField.of(
                    "update_mask", path, String.join(", ", new TreeSet<>(FIELDS)));
          });
    }
    return fields;
  }

  private static Set<String> paths(UpdateAnnotationRequest request) {
    List<String> mask = request.getUpdateMask().getPathsList();
    if (mask.equals(List.of("*"))) {
      return FIELDS;
    }
    Set<String> paths = new TreeSet<>(mask);
    if (mask.isEmpty()) {
      request.getAnnotation().getAllFields().keySet().forEach(field -> paths.add(field.getName()));
      paths.retainAll(FIELDS);
    }
    return paths;
  }

  static String etag(long revision) {
    return "\"" + revision + "\"";
  }

  /** The revision that an etag names; 0 for none. */
  static long revision(String etag) {
    if (etag.isEmpty()) {
      return 0;
    }
    if (!etag.matches("\"[0-9]{1,18}\"")) {
      throw InvalidField.of("etag", etag, "the etag of the resource, or empty");
    }
    return Long.parseLong(etag.substring(1, etag.length() - 1));
  }

  /**
   * @throws ApiException ETAG_MISMATCH when an etag was given and it is not the present one
   */
  static void requireEtag(String what, String etag, long revision) {
    if (!etag.isEmpty() && revision(etag) != revision) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "the %s has changed: its etag is %s, not %s; read it again"
              .formatted(what, etag(revision), etag),
          Map.of("etag", etag(revision)));
    }
  }

  private static void text(String field, String value, int least, int most) {
    int length = value.codePointCount(0, value.length());
    if (length < least || length > most || value.indexOf('\0') >= 0) {
      throw InvalidField.of(
          field, value, least + " to " + most + " code points, none of them U+0000");
    }
  }
}

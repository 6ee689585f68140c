package dev.scriptorium.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Messages as JSON for programs: every field is there under the contract's snake_case name, in the
 * contract's order. Absent messages and unspecified values are null, enum values lose their prefix,
 * times are RFC 3339, numbers are numbers.
 */
final class ProtoJson {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private ProtoJson() {}

  /** One line. */
  static String line(JsonElement json) {
    return GSON.toJson(json);
  }

  static JsonObject of(Message message) {
    JsonObject json = new JsonObject();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      json.add(field.getName(), field(message, field));
    }
    return json;
  }

  private static JsonElement field(Message message, FieldDescriptor field) {
    if (field.isRepeated()) {
      JsonArray array = new JsonArray();
      for (Object item : (List<?>) message.getField(field)) {
        array.add(value(field, item));
      }
      return array;
    }
    boolean absent = field.hasPresence() && !message.hasField(field);
    return absent ? JsonNull.INSTANCE : value(field, message.getField(field));
  }

  private static JsonElement value(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE -> new JsonPrimitive((Number) value);
      case BOOLEAN -> new JsonPrimitive((Boolean) value);
      case STRING -> new JsonPrimitive((String) value);
      case BYTE_STRING ->
          new JsonPrimitive(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case ENUM -> enumValue((EnumValueDescriptor) value);
      case MESSAGE -> message((Message) value);
    };
  }

  private static JsonElement message(Message message) {
    return message instanceof Timestamp time
        ? new JsonPrimitive(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString())
        : of(message);
  }

  private static JsonElement enumValue(EnumValueDescriptor value) {
    return value.getNumber() == 0 ? JsonNull.INSTANCE : new JsonPrimitive(name(value));
  }

  /** For example {@code READABLE} for {@code STATE_READABLE} of the type {@code State}. */
  static String name(EnumValueDescriptor value) {
    String type = value.getType().getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    String prefix = type.toUpperCase(Locale.ROOT) + "_";
    return value.getName().startsWith(prefix)
        ? value.getName().substring(prefix.length())
        : value.getName();
  }
}

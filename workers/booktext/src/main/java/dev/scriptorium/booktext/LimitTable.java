package dev.scriptorium.booktext;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Limits by name, so that they can be listed and set: every part of a record that is a number or a
 * time is one, {@code chapterCodePoints} under the name {@code chapter_code_points}, times in
 * seconds.
 */
public final class LimitTable {
  /**
   * System property with limits that are not the built-in ones: {@code
   * chapters=500,pdf.glyphs_per_page=100000}.
   */
  public static final String PROPERTY = "scriptorium.limits";

  private LimitTable() {}

  /**
   * The limits with what the operator has set in {@link #PROPERTY}.
   *
   * @param prefix begin of the names that belong to this record, for example {@code pdf.}; empty
   *     for those without a dot
   * @throws IllegalArgumentException as {@link #with} says
   */
  public static <R extends Record> R configured(R limits, String prefix) {
    Map<String, Long> changes = settings(System.getProperty(PROPERTY, ""), prefix);
    // Reflection costs a runner 40 ms of its start.
    return changes.isEmpty() ? limits : with(limits, changes);
  }

  static Map<String, Long> settings(String written, String prefix) {
    Map<String, Long> settings = new LinkedHashMap<>();
    for (String setting : written.split(",", -1)) {
      int dot = setting.indexOf('.') + 1;
      if (!setting.isBlank() && setting.substring(0, dot).strip().equals(prefix)) {
        int equals = setting.indexOf('=', dot);
        if (equals < 0) {
          throw new IllegalArgumentException("no value in limit " + setting);
        }
        String name = setting.substring(dot, equals).strip();
        settings.put(name, Long.valueOf(setting.substring(equals + 1).strip()));
      }
    }
    return settings;
  }

  /** All limits of a record, in its order. */
  public static Map<String, Long> of(Record limits) {
    Map<String, Long> table = new LinkedHashMap<>();
    for (RecordComponent part : limits.getClass().getRecordComponents()) {
      Object value = value(limits, part);
      // No switch on patterns: each JVM makes its code anew, and every runner starts here. What is
      // neither is another record of limits, which has a table of its own.
      if (value instanceof Number number) {
        table.put(name(part), number.longValue());
      } else if (value instanceof Duration time) {
        table.put(name(part), time.toSeconds());
      }
    }
    return table;
  }

  /**
   * The limits with some of them changed.
   *
   * @throws IllegalArgumentException when there is no limit of a name, or a value is below 1 or too
   *     large for it
   */
  public static <R extends Record> R with(R limits, Map<String, Long> changes) {
    Map<String, Long> known = of(limits);
    changes.forEach((name, value) -> check(known, name, value));
    RecordComponent[] parts = limits.getClass().getRecordComponents();
    Object[] values = new Object[parts.length];
    Class<?>[] types = new Class<?>[parts.length];
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].getType();
      Long change = changes.get(name(parts[i]));
      values[i] = change == null ? value(limits, parts[i]) : typed(types[i], change);
    }
    return create(limits, types, values);
  }

  private static void check(Map<String, Long> known, String name, long value) {
    if (!known.containsKey(name)) {
      throw new IllegalArgumentException("no limit " + name + "; there are " + known.keySet());
    }
    if (value < 1) {
      throw new IllegalArgumentException("limit " + name + "=" + value + " is below 1");
    }
  }

  private static Object typed(Class<?> type, long value) {
    if (type == int.class) {
      if (value > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(value + " is above " + Integer.MAX_VALUE);
      }
      return (int) value;
    }
    return type == Duration.class ? Duration.ofSeconds(value) : (Object) value;
  }

  private static String name(RecordComponent part) {
    return part.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static Object value(Record limits, RecordComponent part) {
    try {
      var accessor = part.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(limits);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every part of a record can be read", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> R create(R like, Class<?>[] types, Object[] values) {
    try {
      var constructor = like.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (R) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every record has this constructor", e);
    }
  }
}

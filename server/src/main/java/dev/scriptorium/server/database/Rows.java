package dev.scriptorium.server.database;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Many rows in one insert: every column travels as one array, and as a single value when that is
 * the same in all rows. The statement is the same however many rows there are. Thread-safe.
 *
 * @param <T> what a row is made from
 */
public final class Rows<T> {
  private final String prefix;
  private final List<Column<T>> columns;

  /** One column. The first one is the key: it never is the same in all rows. */
  private record Column<T>(String name, Kind kind, Function<T, ? extends @Nullable Object> value) {}

  /** How a column's values travel. */
  public enum Kind {
    /** Numbers of 64 bits. */
    BIGINT("bigint", "bigint", Long[].class),
    /** Numbers of 32 bits. */
    INT("int", "int", Integer[].class),
    /** Numbers of 16 bits. */
    SMALLINT("smallint", "smallint", Short[].class),
    /** Truth values. */
    BOOLEAN("boolean", "boolean", Boolean[].class),
    /** Strings without U+0000. */
    TEXT("text", "text", String[].class),
    /** Names of endings. */
    ENDING("job_ending", "text", String[].class),
    /** Strings of 36 characters. */
    UUID("uuid", "text", String[].class),
    /** Instants, to the microsecond. */
    INSTANT("timestamptz", "text", String[].class),
    /** Arrays of numbers, as literals: those of unequal length cannot be nested in one. */
    BIGINTS("bigint[]", "text", String[].class),
    /** Bytes. */
    BYTES("bytea", "bytea", byte[][].class);

    private final String type;
    private final String transport;
    private final Class<? extends @Nullable Object[]> array;

    Kind(String type, String transport, Class<? extends @Nullable Object[]> array) {
      this.type = type;
      this.transport = transport;
      this.array = array;
    }
  }

  private Rows(String prefix, List<Column<T>> columns) {
    this.prefix = prefix;
    this.columns = List.copyOf(columns);
  }

  /** No column yet. */
  public static <T> Rows<T> of() {
    return of("");
  }

  /**
   * No column yet.
   *
   * @param prefix begins the names of parameters, so that several rows can stand in one text
   */
  public static <T> Rows<T> of(String prefix) {
    return new Rows<>(prefix, List.of());
  }

  /** These columns and one more. */
  public Rows<T> with(String name, Kind kind, Function<T, ? extends @Nullable Object> value) {
    List<Column<T>> more = new ArrayList<>(columns);
    more.add(new Column<>(name, kind, value));
    return new Rows<>(prefix, more);
  }

  /** The statement, up to where conditions follow. */
  public String insertInto(String table) {
    return "insert into %s (%s)\nselect *\n".formatted(table, names()) + from();
  }

  /** The rows, named {@code new}, to select from; conditions may follow. */
  public String from() {
    return "from (select %s from unnest(%s) as sent (%s)) as new\n"
        .formatted(
            columns.stream().map(this::selected).collect(Collectors.joining(", ")),
            columns.stream().map(this::array).collect(Collectors.joining(", ")),
            names());
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private String selected(Column<T> column) {
    String own =
        column.kind.type.equals(column.kind.transport)
            ? "sent." + column.name
            : "cast(sent.%s as %s)".formatted(column.name, column.kind.type);
    return column.equals(columns.getFirst())
        ? own
        : "coalesce(%s, cast(:%s as %s)) as %s"
            .formatted(own, prefix + column.name, column.kind.type, column.name);
  }

  private String array(Column<?> column) {
    return "cast(:%s_all as %s[])".formatted(prefix + column.name, column.kind.transport);
  }

  /** Gives the rows to the statement. */
  public void bind(SqlStatement<?> statement, List<T> rows) {
    for (Column<T> column : columns) {
      @Nullable Object[] values = values(column, rows);
      boolean key = column.equals(columns.getFirst());
      boolean same = !key && allSame(values);
      if (!key) {
        statement.bind(prefix + column.name, scalar(same ? values[0] : null));
      }
      statement.bind(
          prefix + column.name + "_all",
          same ? array(column.kind, Arrays.copyOf(values, 0)) : array(column.kind, values));
    }
  }

  private @Nullable Object[] values(Column<T> column, List<T> rows) {
    @Nullable Object[] values =
        column.kind.array.cast(
            java.lang.reflect.Array.newInstance(column.kind.array.componentType(), rows.size()));
    for (int i = 0; i < values.length; i++) {
      values[i] = transported(column.value.apply(rows.get(i)));
    }
    return values;
  }

  private static @Nullable Object transported(@Nullable Object value) {
    return value instanceof Instant || value instanceof java.util.UUID ? value.toString() : value;
  }

  private static boolean allSame(@Nullable Object[] values) {
    if (values.length == 0) {
      return false;
    }
    for (@Nullable Object value : values) {
      if (!Objects.deepEquals(value, values[0])) {
        return false;
      }
    }
    return true;
  }

  private static Argument scalar(@Nullable Object value) {
    return (position, statement, context) -> {
      switch (value) {
        case null -> statement.setNull(position, java.sql.Types.NULL);
        case byte[] bytes -> statement.setBytes(position, bytes);
        default -> statement.setObject(position, value);
      }
    };
  }

  // The driver sends arrays of the very element type in binary.
  private static Argument array(Kind kind, @Nullable Object[] values) {
    return (position, statement, context) ->
        statement.setArray(
            position, statement.getConnection().createArrayOf(kind.transport, values));
  }
}

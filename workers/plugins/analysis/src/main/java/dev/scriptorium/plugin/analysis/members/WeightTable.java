package dev.scriptorium.plugin.analysis.members;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Numbers by row and column, from lines {@code row column number}. Immutable. */
public final class WeightTable {
  /** Column of what is added whatever is seen. */
  public static final String BIAS = "BIAS";

  private static final int VERSION_DIGITS = 12;

  private final Map<String, Map<String, Double>> rows;
  private final String version;

  private WeightTable(Map<String, Map<String, Double>> rows, String version) {
    this.rows = rows;
    this.version = version;
  }

  /** The weights that come with the plugin. */
  public static WeightTable load() throws IOException {
    String path = "/dev/scriptorium/plugin/analysis/passage-weights.txt";
    try (InputStream in = WeightTable.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("There is no resource " + path);
      }
      return of(
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList());
    }
  }

  /**
   * @param lines {@code row column number}; {@code #} begins a comment
   */
  public static WeightTable of(List<String> lines) {
    Map<String, Map<String, Double>> rows = new HashMap<>();
    MessageDigest digest = sha256();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        String[] parts = line.split(" ", -1);
        rows.computeIfAbsent(parts[0], _ -> new HashMap<>())
            .put(parts[1], Double.parseDouble(parts[2]));
      }
    }
    String version = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    return new WeightTable(rows, version);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Twelve hexadecimal digits, the same for the same numbers in the same order. */
  public String version() {
    return version;
  }

  /** A number; 0 when its column is not there. */
  public double number(String row, String column) {
    Map<String, Double> columns = rows.get(row);
    if (columns == null) {
      throw new IllegalArgumentException("There is no row " + row);
    }
    return columns.getOrDefault(column, 0.0);
  }
}

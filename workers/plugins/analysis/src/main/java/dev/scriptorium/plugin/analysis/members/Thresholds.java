package dev.scriptorium.plugin.analysis.members;

import dev.scriptorium.plugin.Passage;
import java.util.EnumMap;
import java.util.Map;

/**
 * From which probabilities on something is taken for true.
 *
 * @param single a description, by the learned member alone
 * @param ensemble a description, by all members
 * @param shape below it the shape of a paragraph alone says that it describes nothing
 * @param types a type that is not the likeliest one of a description
 */
public record Thresholds(
    double single, double ensemble, double shape, Map<Passage.Type, Double> types) {
  /** Row of the table. */
  public static final String NAME = "threshold";

  /** Copies the map. */
  public Thresholds {
    types = Map.copyOf(types);
  }

  /** Reads them. */
  public static Thresholds of(WeightTable table) {
    Map<Passage.Type, Double> types = new EnumMap<>(Passage.Type.class);
    for (Passage.Type type : Passage.Type.values()) {
      types.put(type, table.number(NAME, type.name()));
    }
    return new Thresholds(
        table.number(NAME, "SINGLE"),
        table.number(NAME, "ENSEMBLE"),
        table.number(NAME, "SHAPE"),
        types);
  }
}

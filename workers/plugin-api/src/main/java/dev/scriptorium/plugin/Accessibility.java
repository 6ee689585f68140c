package dev.scriptorium.plugin;

import java.util.List;

/**
 * What a book says of who can read it, in the words of schema.org and of EPUB Accessibility. Lists
 * and texts are empty when it says nothing.
 *
 * @param accessModes senses that the book speaks to, for example {@code textual}, {@code visual}
 * @param sufficientModes senses that are enough to take it in, each a list with commas
 * @param features what helps, for example {@code alternativeText}
 * @param hazards for example {@code flashing}, or {@code none}
 * @param summary in sentences
 * @param conformsTo names or addresses of standards that it keeps
 * @param certifiedBy who has looked at that
 */
public record Accessibility(
    List<String> accessModes,
    List<String> sufficientModes,
    List<String> features,
    List<String> hazards,
    String summary,
    List<String> conformsTo,
    String certifiedBy) {

  /** A book that says nothing. */
  public static final Accessibility UNKNOWN =
      new Accessibility(List.of(), List.of(), List.of(), List.of(), "", List.of(), "");

  /** Copies the lists. */
  public Accessibility {
    accessModes = List.copyOf(accessModes);
    sufficientModes = List.copyOf(sufficientModes);
    features = List.copyOf(features);
    hazards = List.copyOf(hazards);
    conformsTo = List.copyOf(conformsTo);
  }
}

package dev.scriptorium.plugin.analysis.members;

/** What a member does. Stateless and thread-safe. */
@FunctionalInterface
public interface Judge {
  /** Says what it thinks of a paragraph; by what it looks at alone. */
  Opinion judge(Features features);
}

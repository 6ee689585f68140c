package dev.scriptorium.loadtest.report;

/** What was wanted and what came of it. Not thread-safe. */
public final class Verdicts {
  private final Table table = Table.of("Verdicts", "goal", "wanted", "measured", "");
  private boolean met = true;

  /** A goal that is met by this much or more. */
  public void atLeast(String goal, double wanted, double measured) {
    add(goal, "at least " + wanted, measured, measured >= wanted);
  }

  /** A goal that is met by this much or less. */
  public void atMost(String goal, double wanted, double measured) {
    add(goal, "at most " + wanted, measured, measured <= wanted);
  }

  private void add(String goal, String wanted, double measured, boolean good) {
    if (good) {
      table.row(goal, wanted, measured, "met");
    } else {
      table.badRow(goal, wanted, measured, "MISSED");
      met = false;
    }
  }

  /** The table; the verdicts that follow appear in it. */
  public Table table() {
    return table;
  }

  /** True while no goal is missed. */
  public boolean met() {
    return met;
  }
}

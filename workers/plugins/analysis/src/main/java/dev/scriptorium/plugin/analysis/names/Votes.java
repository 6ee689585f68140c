package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;

/** What speaks for a character and what for a place. Not thread-safe. */
final class Votes {
  private double person;
  private double place;

  void add(double forPerson, double forPlace) {
    person += forPerson;
    place += forPlace;
  }

  void add(Votes other) {
    add(other.person, other.place);
  }

  /** What has more votes; a character when neither has. */
  Entity.Type type() {
    return place > person ? Entity.Type.PLACE : Entity.Type.CHARACTER;
  }
}

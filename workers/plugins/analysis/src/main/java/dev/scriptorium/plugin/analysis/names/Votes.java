package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;

/** What speaks for a character and what for a place. Not thread-safe. */
final class Votes {
  private static final double LEAST_PLACE = 0.5;
  private static final int CLEARLY = 3;

  private double person;
  private double place;
  private double thing;

  void add(double forPerson, double forPlace, double forThing) {
    person += forPerson;
    place += forPlace;
    thing += forThing;
  }

  /** True when more speaks for neither than for one of both. */
  boolean forNeither() {
    return thing > person && thing > place;
  }

  /** True when place has several times the votes of person. */
  boolean clearlyPlace() {
    return place > CLEARLY * person;
  }

  /**
   * A place when more speaks for one, or an article speaks against a person; else a character, also
   * when one weak sign alone is for a place.
   */
  Entity.Type type() {
    boolean place = this.place >= LEAST_PLACE || thing > 0;
    return place && this.place + thing > person ? Entity.Type.PLACE : Entity.Type.CHARACTER;
  }
}

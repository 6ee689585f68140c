package dev.scriptorium.loadtest.simulate;

import java.util.ArrayList;
import java.util.List;

/** A thread of a simulated process: what runs on it never overlaps. */
final class Strand {
  final Life life;
  boolean busy;

  /** Bring back what came while it was busy. */
  final List<Runnable> waiting = new ArrayList<>();

  Strand(Life life) {
    this.life = life;
  }

  void free() {
    busy = false;
    waiting.forEach(Runnable::run);
    waiting.clear();
  }
}

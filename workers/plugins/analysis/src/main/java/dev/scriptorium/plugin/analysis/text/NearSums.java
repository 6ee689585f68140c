package dev.scriptorium.plugin.analysis.text;

/**
 * Sums of a tagging model with half the bits, in any order of additions: several times faster, and
 * nearly the same. How far off they can be is known, so that the highest is certain where the next
 * one is further away than that. Immutable once it was read.
 */
final class NearSums {
  /** Says that two sums are too close to each other to tell which one is higher. */
  static final int UNCERTAIN = -1;

  // Observations of one place: prior and default, word, eight affixes, four words around, begin,
  // shape, shape and word, one tag, two tags.
  private static final int OBSERVATIONS = 20;
  // Relative error of one rounding to a float.
  private static final double ROUNDING = 0x1p-24;

  private final int outcomes;
  private final float[] nothing;
  private final float[][] atBegin = new float[3][];
  private final float[][] afterTag;
  private final float[][] afterTags;
  private double largest = 4;
  private float margin;

  NearSums(int outcomes) {
    this.outcomes = outcomes;
    this.nothing = new float[outcomes];
    this.afterTag = new float[outcomes][];
    this.afterTags = new float[outcomes * outcomes][];
  }

  /** Takes note of how large the numbers of the model are. */
  void mind(Weights weights) {
    largest = Math.max(largest, weights.largest());
  }

  /** Takes what depends on the place in the sentence and on the tags before. */
  void read(Weights[] begin, Weights[] one, Weights[] two) {
    for (int place = 0; place < atBegin.length; place++) {
      atBegin[place] = row(begin[place]);
    }
    for (int last = 0; last < outcomes; last++) {
      afterTag[last] = row(one[last]);
      for (int before = 0; before < outcomes; before++) {
        double[] sums = new double[outcomes];
        one[last].addTo(sums);
        two[before * outcomes + last].addTo(sums);
        afterTags[before * outcomes + last] = row(sums);
      }
    }
    // Every number is rounded once and every sum once for each addition; both sums may be off.
    margin = (float) (2 * 2 * OBSERVATIONS * ROUNDING * OBSERVATIONS * largest);
  }

  float[] nothing() {
    return nothing;
  }

  float[] row(Weights weights) {
    double[] sums = new double[outcomes];
    weights.addTo(sums);
    return row(sums);
  }

  float[] row(double[] sums) {
    float[] row = new float[outcomes];
    for (int i = 0; i < outcomes; i++) {
      row[i] = (float) sums[i];
    }
    return row;
  }

  /** What the place in the sentence adds. */
  float[] atBegin(int place) {
    return place < atBegin.length ? atBegin[place] : nothing;
  }

  /** What the tags before a place add. */
  float[] afterTags(int[] tagged, int place) {
    return switch (place) {
      case 0 -> nothing;
      case 1 -> afterTag[tagged[0]];
      default -> afterTags[tagged[place - 2] * outcomes + tagged[place - 1]];
    };
  }

  /** Index of the highest sum, or {@link #UNCERTAIN}. */
  int highest(float[] sums) {
    int highest = 0;
    float most = sums[0];
    float next = Float.NEGATIVE_INFINITY;
    for (int i = 1; i < outcomes; i++) {
      float sum = sums[i];
      if (sum > next) {
        if (sum > most) {
          next = most;
          most = sum;
          highest = i;
        } else {
          next = sum;
        }
      }
    }
    return most - next > margin ? highest : UNCERTAIN;
  }
}

package dev.scriptorium.plugin.analysis.names;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a name that could be a person's. Words are as in a key.
 *
 * @param honorific the first title; empty when there is none
 * @param given first of two or more words; empty when there is one
 * @param last last word; never empty
 * @param gender what title and given name say
 * @param ranked true when the title is a rank or an office
 */
record PersonName(String honorific, String given, String last, Gender gender, boolean ranked) {
  static PersonName parse(String key, NameRules rules) {
    List<String> words = new ArrayList<>(List.of(key.split(" ", -1)));
    String honorific = "";
    Gender title = Gender.UNKNOWN;
    while (words.size() > 1 && rules.honorific(words.getFirst())) {
      String word = words.removeFirst();
      honorific = honorific.isEmpty() ? word : honorific;
      title = title == Gender.UNKNOWN ? rules.genderOfHonorific(word) : title;
    }
    String given = words.size() > 1 ? words.getFirst() : "";
    String first = words.getFirst();
    // A title decides: the Mrs. in "Mrs. John Smith" is no man.
    Gender gender = title == Gender.UNKNOWN ? rules.genderOfGivenName(first) : title;
    return new PersonName(honorific, given, words.getLast(), gender, rules.rank(honorific));
  }

  /** True for a given name with a surname. */
  boolean full() {
    return !given.isEmpty();
  }

  /** True for a title with one word. */
  boolean titled() {
    return given.isEmpty() && !honorific.isEmpty();
  }

  /** False when one person would not be called both: Mr. and Mrs., Mrs. and Miss, Dr. and Miss. */
  boolean titleAgreesWith(PersonName other) {
    return gender.agreesWith(other.gender)
        && !(wife() && other.maid())
        && !(maid() && other.wife())
        && !(ranked && (other.wife() || other.maid()))
        && !(other.ranked && (wife() || maid()));
  }

  private boolean wife() {
    return honorific.equals("mrs");
  }

  private boolean maid() {
    return honorific.equals("miss");
  }

  /** True for Mrs. John Smith: the given name is her husband's. */
  boolean husbands(NameRules rules) {
    return wife() && full() && rules.genderOfGivenName(given) != Gender.WOMAN;
  }
}

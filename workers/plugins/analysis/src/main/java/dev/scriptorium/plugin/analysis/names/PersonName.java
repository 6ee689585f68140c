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
 */
record PersonName(String honorific, String given, String last, Gender gender) {
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
    return new PersonName(honorific, given, words.getLast(), gender);
  }

  /** True for a given name with a surname. */
  boolean full() {
    return !given.isEmpty();
  }

  /** True for a title with one word. */
  boolean titled() {
    return given.isEmpty() && !honorific.isEmpty();
  }

  /** True for titles that a wife and her daughters do not share, and for a title beside none. */
  boolean titleAgreesWith(PersonName other) {
    boolean married = honorific.equals("mrs") || other.honorific.equals("mrs");
    boolean unmarried = honorific.equals("miss") || other.honorific.equals("miss");
    return gender.agreesWith(other.gender) && !(married && unmarried);
  }
}

package dev.scriptorium.plugin.analysis.names;

import java.util.ArrayList;
import java.util.List;

/** The forms that are taken for one character or place. Not thread-safe. */
final class Cluster {
  private final List<Form> forms = new ArrayList<>();
  private final List<PersonName> names = new ArrayList<>();

  /** A cluster of one form so far. */
  Cluster(Form form, PersonName name) {
    add(form, name);
  }

  void add(Form form, PersonName name) {
    forms.add(form);
    names.add(name);
  }

  List<Form> forms() {
    return forms;
  }

  List<PersonName> names() {
    return names;
  }

  int count() {
    return forms.stream().mapToInt(Form::count).sum();
  }

  /** True when no name in it speaks against this one. */
  boolean agreesWith(PersonName other) {
    return names.stream().allMatch(name -> name.titleAgreesWith(other));
  }

  /** True when no name in it is a man's and this one a woman's, or the other way round. */
  boolean genderAgreesWith(PersonName other) {
    return names.stream().allMatch(name -> name.gender().agreesWith(other.gender()));
  }

  /** True when it has a full name with exactly this given name. */
  boolean hasGiven(String given) {
    return names.stream().anyMatch(name -> name.full() && name.given().equals(given));
  }

  /** True when it has a full name that this one may be short for; never of the nobility. */
  boolean hasShortGiven(String given, NameRules rules) {
    String full = rules.fullGivenName(given);
    return names.stream().noneMatch(name -> rules.noble(name.honorific()))
        && names.stream()
            .anyMatch(name -> name.full() && rules.fullGivenName(name.given()).equals(full));
  }

  /** True when a full or titled name in it ends so. */
  boolean hasSurname(String surname) {
    return names.stream()
        .anyMatch(name -> (name.full() || name.titled()) && name.last().equals(surname));
  }

  /** True when a name in it has this title. */
  boolean hasHonorific(String honorific) {
    return names.stream().anyMatch(name -> name.honorific().equals(honorific));
  }

  /** True when a name in it is a husband's with his wife's title. */
  boolean husbands(NameRules rules) {
    return names.stream().anyMatch(name -> name.husbands(rules));
  }

  boolean woman() {
    return names.stream().anyMatch(name -> name.gender() == Gender.WOMAN);
  }

  /** True when a given name is known. */
  boolean full() {
    return names.stream().anyMatch(PersonName::full);
  }
}

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

  int count() {
    return forms.stream().mapToInt(Form::count).sum();
  }

  /** True when no name in it speaks against this one. */
  boolean agreesWith(PersonName other) {
    return names.stream().allMatch(name -> name.titleAgreesWith(other));
  }

  /** True when it has a full name with this given name, in full or short. */
  boolean hasGiven(String given, NameRules rules) {
    return names.stream()
        .anyMatch(
            name ->
                name.full()
                    && rules.fullGivenName(name.given()).equals(rules.fullGivenName(given)));
  }

  /** True when a full or titled name in it ends so. */
  boolean hasSurname(String surname) {
    return names.stream()
        .anyMatch(name -> (name.full() || name.titled()) && name.last().equals(surname));
  }

  boolean full() {
    return names.stream().anyMatch(PersonName::full);
  }
}

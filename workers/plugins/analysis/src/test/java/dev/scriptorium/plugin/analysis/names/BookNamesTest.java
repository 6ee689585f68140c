package dev.scriptorium.plugin.analysis.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.TextRange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BookNamesTest {
  private final BookNames book = new BookNames();
  private int offset;

  @Test
  void aTitleWithASurnameBelongsToTheFullName() {
    characters("Augustus Crake", "Mr. Crake", "Crake", "Mr. Crake");

    assertThat(names()).containsExactly(Set.of("Augustus Crake", "Mr. Crake", "Crake"));
    assertThat(book.entities().getFirst().displayName()).isEqualTo("Augustus Crake");
    assertThat(book.entities().getFirst().aliases()).containsExactly("Mr. Crake", "Crake");
    assertThat(book.entities().getFirst().mentions()).hasSize(4);
  }

  @Test
  void aGivenNameBelongsToTheFullNameWhateverItsEnding() {
    characters("Mary Lennox", "Mary’s", "Mary");

    assertThat(names()).hasSize(1);
  }

  @Test
  void givenNamesThatShareASurnameStayApart() {
    characters("Jane Bennet", "Elizabeth Bennet", "Jane", "Elizabeth");

    assertThat(names())
        .containsExactlyInAnyOrder(
            Set.of("Jane Bennet", "Jane"), Set.of("Elizabeth Bennet", "Elizabeth"));
  }

  @Test
  void husbandAndWifeStayApart() {
    characters("Mr. Bennet", "Mrs. Bennet", "Mr. Bennet", "Mrs. Bennet", "John Dashwood");
    characters("John Dashwood", "Mrs. John Dashwood", "Mrs. John Dashwood");

    assertThat(names())
        .containsExactlyInAnyOrder(
            Set.of("Mr. Bennet"),
            Set.of("Mrs. Bennet"),
            Set.of("John Dashwood"),
            Set.of("Mrs. John Dashwood"));
  }

  @Test
  void aMotherIsNoneOfHerDaughters() {
    characters("Jane Bennet", "Miss Elizabeth Bennet", "Mrs. Bennet", "Mrs. Bennet");

    assertThat(names()).contains(Set.of("Mrs. Bennet"));
  }

  @Test
  void aRankGoesWithASurnameAndNotWithAGivenName() {
    characters("Fitzwilliam Darcy", "Colonel Fitzwilliam", "Fitzwilliam Darcy");
    characters("Colonel Fitzwilliam");

    assertThat(names())
        .containsExactlyInAnyOrder(Set.of("Fitzwilliam Darcy"), Set.of("Colonel Fitzwilliam"));
  }

  @Test
  void aShortNameBelongsToTheFullOne() {
    characters("Thomas Pell", "Tom", "Tommy Pell", "Tommy");

    assertThat(names()).containsExactly(Set.of("Thomas Pell", "Tom", "Tommy Pell", "Tommy"));
  }

  @Test
  void anAmbiguousSurnameMeansWhoWasNamedLast() {
    characters("Elias Thorne", "Thorne", "Thorne", "Matthew Thorne", "Thorne");

    assertThat(mentionsOf("Elias Thorne")).containsExactly(0, 10, 20);
    assertThat(mentionsOf("Matthew Thorne")).containsExactly(30, 40);
  }

  @Test
  void anAmbiguousSurnameBeforeAllFullNamesMeansWhoIsNamedMost() {
    characters("Thorne", "Elias Thorne", "Matthew Thorne", "Matthew Thorne");

    assertThat(mentionsOf("Matthew Thorne")).containsExactly(0, 20, 30);
  }

  @Test
  void anAmbiguousSurnameIsAnAliasOfAllWhoBearIt() {
    characters("Elias Thorne", "Thorne", "Matthew Thorne", "Thorne");

    assertThat(book.entities()).extracting(Entity::aliases).containsOnly(List.of("Thorne"));
  }

  @Test
  void aFamilyIsAGroupOfItsOwn() {
    characters("Mr. Linton", "Linton", "Lintons", "Lintons");

    assertThat(names()).contains(Set.of("Lintons"));
  }

  @Test
  void aHouseAndItsShortNameAreOnePlace() {
    places("Thornfield Hall", "Thornfield", "Thornfield", "London Bridge", "London");
    places("London Bridge", "London");

    assertThat(names())
        .containsExactlyInAnyOrder(
            Set.of("Thornfield Hall", "Thornfield"), Set.of("London Bridge"), Set.of("London"));
  }

  @Test
  void theBookVotesOnTheTypeOfAName() {
    places("Marlow");
    characters("Marlow", "Marlow");

    assertThat(book.entities()).extracting(Entity::type).containsExactly(Entity.Type.CHARACTER);
  }

  @Test
  void aWordThatStandsMoreOftenInLowerCaseIsNoName() {
    characters("Hope", "Hope");
    book.readChapter("They had hope. There was hope in the house, and hope in the garden.");

    assertThat(book.entities()).isEmpty();
  }

  @Test
  void aNameThatNoChapterWasSureOfIsLeftOut() {
    book.add(new Mention(Entity.Type.CHARACTER, "Suddenly", new TextRange(1, 0, 8), 0.35));
    book.add(new Mention(Entity.Type.CHARACTER, "Suddenly", new TextRange(2, 0, 8), 0.35));

    assertThat(book.entities()).isEmpty();
  }

  @Test
  void twoNamesSideBySideAreNotOne() {
    for (int i = 0; i < 12; i++) {
      characters("Natasha", "Pierre");
    }
    characters("Natasha Pierre");

    assertThat(names()).containsExactlyInAnyOrder(Set.of("Natasha"), Set.of("Pierre"));
  }

  @Test
  void aBookOfManyThousandNamesIsMergedInTime() {
    for (int i = 0; i < 40_000; i++) {
      characters("Given%d Surname%d".formatted(i, i / 3), "Surname" + i / 3);
    }

    assertThat(assertTimeout(Duration.ofSeconds(20), book::entities))
        .hasSize(BookNames.MOST_ENTITIES);
  }

  @Test
  void entitiesAreNumberedByFallingMentions() {
    characters("Ada Brook", "Carl Dunn", "Carl Dunn", "Carl Dunn", "Ada Brook");

    assertThat(book.entities()).extracting(Entity::ordinal).containsExactly(1, 2);
    assertThat(book.entities())
        .extracting(Entity::displayName)
        .containsExactly("Carl Dunn", "Ada Brook");
  }

  private List<Set<String>> names() {
    return book.entities().stream()
        .map(
            entity -> {
              Set<String> names = new TreeSet<>(entity.aliases());
              names.add(entity.displayName());
              return Set.copyOf(names.stream().map(name -> name.replace("’s", "")).toList());
            })
        .toList();
  }

  private List<Integer> mentionsOf(String displayName) {
    return book.entities().stream()
        .filter(entity -> entity.displayName().equals(displayName))
        .flatMap(entity -> entity.mentions().stream())
        .map(TextRange::start)
        .toList();
  }

  private void characters(String... names) {
    add(Entity.Type.CHARACTER, names);
  }

  private void places(String... names) {
    add(Entity.Type.PLACE, names);
  }

  /** Each name ten code points after the one before. */
  private void add(Entity.Type type, String... names) {
    for (String name : names) {
      TextRange range = new TextRange(1, offset, offset + name.length());
      book.add(new Mention(type, name, range, 0.9));
      offset += 10;
    }
  }
}

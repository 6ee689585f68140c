package dev.scriptorium.plugin.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.analysis.local.Findings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What has a capital and is no name, and names that hold such words. */
class NamesOfOtherKindsTest {
  private static final AnalysisHandler HANDLER = new AnalysisHandler();

  @BeforeAll
  static void warm() throws IOException {
    HANDLER.warm();
  }

  @Test
  void nationsAreNoNamesButPartsOfThem() throws IOException {
    List<String> names =
        names(
            """
            The driver, a silent Belgian, crossed the Persian Gulf with two Norwegians in August.
            On Tuesday the Belgian laughed. Alice Marsh went home to the Persian Gulf on Tuesday.

            "The Norwegians are here," said Alice Marsh. Perhaps the Belgian knew it.
            """);

    assertThat(names).contains("Alice Marsh", "Persian Gulf");
    assertThat(names).noneMatch(name -> name.matches("Belgian|Norwegians?|Tuesday|August|Perhaps"));
  }

  @Test
  void daysInThePluralAreNoPartOfAName() throws IOException {
    List<String> names =
        names(
            """
            The carpets were beaten on Mondays, and on Sundays Uncle Ned came from Greenwich.

            "It is Sunday," said Uncle Ned. "On Mondays there is no ship to Greenwich."
            """);

    assertThat(names).containsExactlyInAnyOrder("Uncle Ned", "Greenwich");
  }

  @Test
  void whoSpeaksIsNoPlaceWhateverTheName() throws IOException {
    Findings found =
        summary(
            "en",
            """
            "We have a problem," said Jonas Park. They went to Hyde Park in the rain.

            "I know," replied Jonas Park, and looked at Hyde Park.
            """);

    assertThat(found.entities())
        .extracting(Entity::displayName, Entity::type)
        .contains(
            tuple("Jonas Park", Entity.Type.CHARACTER), tuple("Hyde Park", Entity.Type.PLACE));
  }

  @Test
  void smallWordsAndPrepositionsOfOtherLanguagesAreKnown() throws IOException {
    Findings french =
        summary(
            "fr",
            """
            Claire Vasseur vivait à Lyon. Lemoine pensait à Lyon et à Claire Vasseur.

            Claire partit pour Lyon. Elle trouva Oncle Armand dans Lyon.
            """);
    Findings german =
        summary(
            "de",
            """
            »Bringen Sie Wasser«, sagte Frau Lindner. »Holen Sie Katharina Lindner, wenn Sie können.«

            Dann kam Katharina Lindner. Frau Lindner sah sie an.
            """);
    Findings spanish =
        summary(
            "es",
            """
            Doña Inés esperaba en Toledo. Detrás de Inés estaba su hija.

            Nadie en Toledo había visto a Inés.
            """);

    assertThat(french.entities())
        .extracting(Entity::displayName, Entity::type)
        .contains(tuple("Lyon", Entity.Type.PLACE), tuple("Claire Vasseur", Entity.Type.CHARACTER));
    assertThat(german.entities())
        .extracting(Entity::displayName, Entity::aliases)
        .containsExactly(tuple("Katharina Lindner", List.of("Frau Lindner")));
    assertThat(spanish.entities())
        .extracting(Entity::displayName)
        .containsExactlyInAnyOrder("Doña Inés", "Toledo");
  }

  private static List<String> names(String text) throws IOException {
    return summary("en", text).entities().stream().map(Entity::displayName).toList();
  }

  private static Findings summary(String language, String text) throws IOException {
    String joined = text.replaceAll("(?<=\\S)\\n(?=\\S)", " ");
    Findings found = TestJob.analyze(language, joined).run(HANDLER);
    return TestJob.summarize(language, found, joined).run(HANDLER);
  }
}

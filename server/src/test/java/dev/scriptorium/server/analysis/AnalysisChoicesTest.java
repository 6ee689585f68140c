package dev.scriptorium.server.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.TestResult;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.AnalysisMember;
import dev.scriptorium.v1.AnalysisMode;
import dev.scriptorium.v1.AnalysisSettings;
import dev.scriptorium.v1.GetAnalysisSettingsRequest;
import dev.scriptorium.v1.MemberWeight;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.UpdateAnalysisSettingsRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AnalysisChoicesTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void whoNeverSaidAnythingHasTheEnsembleOfAllMembers() throws Exception {
    AnalysisSettings settings = get(owner, "users/me/analysisSettings");

    assertThat(settings.getName()).isEqualTo(name(owner));
    assertThat(settings.getMode()).isEqualTo(AnalysisMode.ANALYSIS_MODE_ENSEMBLE);
    assertThat(settings.getMembersList()).extracting(MemberWeight::getWeight).containsOnly(1.0);
    assertThat(settings.getMembersCount()).isEqualTo(5);
    assertThat(payloads(imported(owner))).containsOnly("");
  }

  @Test
  void whatIsChosenForAUserGoesWithTheJobsOfTheirBooksAlone() throws Exception {
    UUID other = database.createAccount();
    AnalysisSettings chosen =
        update(
            settings(name(owner), AnalysisMode.ANALYSIS_MODE_PARALLEL)
                .addMembers(member(AnalysisMember.ANALYSIS_MEMBER_LEARNED, 0))
                .addMembers(member(AnalysisMember.ANALYSIS_MEMBER_SHAPE, 2.5)));

    List<Job> imported = imported(owner);

    assertThat(get(owner, name(owner))).isEqualTo(chosen);
    assertThat(payloads(imported)).containsOnly("mode=PARALLEL members=SHAPE:2.5,LEARNED:1.0");
    assertThat(payloads(imported(other))).containsOnly("");
  }

  @Test
  void anotherAnalysisIsMadeAsIsChosenThen() throws Exception {
    List<Job> imported = imported(owner);
    library.apply(imported.getFirst(), new TestResult());
    library.apply(imported.getLast(), new TestResult());
    update(settings(name(owner), AnalysisMode.ANALYSIS_MODE_SINGLE));
    library.jobs.committed.clear();

    library
        .analysis(owner)
        .reanalyzeBook(
            ReanalyzeBookRequest.newBuilder()
                .setName(new BookName(imported.getFirst().book()).toString())
                .build());

    assertThat(payloads(library.jobs.committed))
        .hasSize(2)
        .allMatch(payload -> payload.startsWith("mode=SINGLE members=SHAPE:1.0,"));

    update(settings(name(owner), AnalysisMode.ANALYSIS_MODE_UNSPECIFIED));
    assertThat(payloads(imported(owner))).containsOnly("");
  }

  @Test
  void whatIsNoSettingIsRefused() {
    AnalysisSettings.Builder odd = AnalysisSettings.newBuilder().setName(name(owner));
    assertThat(field(odd.clone().setModeValue(99))).isEqualTo("settings.mode");
    assertThat(field(odd.clone().setName("users/you"))).isEqualTo("settings.name");
    assertThat(field(odd.clone().addMembers(MemberWeight.getDefaultInstance())))
        .isEqualTo("settings.members[0].member");
    MemberWeight shape = member(AnalysisMember.ANALYSIS_MEMBER_SHAPE, 1);
    assertThat(field(odd.clone().addMembers(shape).addMembers(shape)))
        .isEqualTo("settings.members[1].member");
    for (double weight : new double[] {-1, 0.001, 101, Double.NaN}) {
      assertThat(
              field(odd.clone().addMembers(member(AnalysisMember.ANALYSIS_MEMBER_SHAPE, weight))))
          .isEqualTo("settings.members[0].weight");
    }
  }

  @Test
  void nobodyElsesAndNobodysSettingsCanBeSeen() {
    UUID other = database.createAccount();

    assertThat(Refusal.of(() -> get(owner, name(other))).reason()).isEqualTo("USER_NOT_FOUND");
    assertThat(
            Refusal.of(
                    () ->
                        update(
                            settings(name(UUID.randomUUID()), AnalysisMode.ANALYSIS_MODE_SINGLE)))
                .reason())
        .isEqualTo("USER_NOT_FOUND");
  }

  @Test
  void whoChoseWhatIsWrittenDown() {
    update(
        settings(name(owner), AnalysisMode.ANALYSIS_MODE_SINGLE)
            .addMembers(member(AnalysisMember.ANALYSIS_MEMBER_SHAPE, 2.5)));

    assertThat(library.choices)
        .containsExactly(owner + " users/" + owner + " mode=SINGLE members=SHAPE:2.5");
  }

  /** The jobs of tier 3 of a new book. */
  private List<Job> imported(UUID who) throws Exception {
    String book = library.upload(who, "text of " + UUID.randomUUID()).getName();
    UUID id = BookName.parse("name", book).id();
    TestResult parsed = new TestResult().chapter("One", "Once there was a mill.");
    return library.commit(library.apply(library.job(id, "parse"), parsed));
  }

  private static List<String> payloads(List<Job> jobs) {
    return jobs.stream().map(job -> job.terms().payload().toStringUtf8()).toList();
  }

  private static String name(UUID user) {
    return "users/" + user + "/analysisSettings";
  }

  private static AnalysisSettings.Builder settings(String name, AnalysisMode mode) {
    return AnalysisSettings.newBuilder().setName(name).setMode(mode);
  }

  private static MemberWeight member(AnalysisMember member, double weight) {
    return MemberWeight.newBuilder().setMember(member).setWeight(weight).build();
  }

  private AnalysisSettings get(UUID who, String name) {
    return library
        .analysis(who)
        .getAnalysisSettings(GetAnalysisSettingsRequest.newBuilder().setName(name).build());
  }

  private AnalysisSettings update(AnalysisSettings.Builder settings) {
    return library
        .analysis(owner)
        .updateAnalysisSettings(
            UpdateAnalysisSettingsRequest.newBuilder().setSettings(settings).build());
  }

  private String field(AnalysisSettings.Builder settings) {
    return Refusal.of(() -> update(settings)).metadata().getOrDefault("field", "");
  }
}

package dev.scriptorium.server.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.AnalysisGrpc.AnalysisBlockingStub;
import dev.scriptorium.v1.ChapterMentions;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityDetails;
import dev.scriptorium.v1.GetEntityRequest;
import dev.scriptorium.v1.GetXRayRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListMentionsRequest;
import dev.scriptorium.v1.ListMentionsResponse;
import dev.scriptorium.v1.Mention;
import dev.scriptorium.v1.Quotation;
import dev.scriptorium.v1.XRay;
import dev.scriptorium.v1.XRayEntity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PortraitsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private String book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book = AnalyzedBook.in(library, owner).name();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void anEntityIsTheSumOfWhatIsKnownOfIt() {
    database.statements().reset();
    EntityDetails anna = api().getEntity(entity(1).build());

    assertThat(database.statements().statements()).hasSizeLessThanOrEqualTo(6);
    assertThat(anna.getEntity().getDisplayName()).isEqualTo("Anna Karenina");
    assertThat(anna.getEntity().getAliasesList()).containsExactly("Anna", "the Countess");
    assertThat(anna.getEntity().getMentionCount()).isEqualTo(6);
    assertThat(anna.getEntity().getFirstMention().getChapter()).isEqualTo(book + "/chapters/1");
    assertThat(anna.getChaptersList())
        .extracting(ChapterMentions::getMentionCount)
        .containsExactly(3, 1, 2);
    assertThat(anna.getDescription().getRange().getChapter()).isEqualTo(book + "/chapters/3");
    assertThat(anna.getQuotationsList())
        .extracting(Quotation::getText)
        .containsExactly("aaa", "aaaaa");
    assertThat(anna.getQuotationCount()).isEqualTo(2);
    assertThat(anna.getQuotations(0).getSpeaker()).isEqualTo(book + "/entities/1");
  }

  @Test
  void aReaderLearnsNothingOfWhatFollows() {
    EntityDetails first = api().getEntity(entity(1).setUpTo(1000).build());
    EntityDetails second = api().getEntity(entity(1).setUpTo(2000).build());

    assertThat(first.getEntity().getDisplayName()).isEqualTo("Anna");
    assertThat(first.getEntity().getAliasesList()).isEmpty();
    assertThat(first.getEntity().getMentionCount()).isEqualTo(3);
    assertThat(first.getChaptersCount()).isEqualTo(1);
    assertThat(first.getDescription().getPriority()).isEqualTo(40);
    assertThat(first.getQuotationCount()).isEqualTo(1);
    assertThat(second.getEntity().getDisplayName()).isEqualTo("Anna Karenina");
    assertThat(second.getEntity().getAliasesList()).containsExactly("Anna");
    assertThat(second.getDescription().getPriority()).isEqualTo(80);
  }

  @Test
  void whoHasNotBeenMetIsNotThere() {
    Refusal unmet = Refusal.of(() -> api().getEntity(entity(2).setUpTo(1110).build()));
    Refusal none = Refusal.of(() -> api().getEntity(entity(9).build()));

    assertThat(unmet.reason()).isEqualTo("ENTITY_NOT_FOUND");
    assertThat(unmet.metadata()).containsEntry("entity", book + "/entities/2");
    assertThat(none.reason()).isEqualTo("ENTITY_NOT_FOUND");
    assertThat(api().getEntity(entity(2).setUpTo(1111).build()).getEntity().getDisplayName())
        .isEqualTo("Boris");
  }

  @Test
  void theListTellsTheNamesUsedSoFar() {
    assertThat(names(1000)).containsExactly("Anna", "Tver");
    // Boris has only been called by a name that others bear too: nobody can say yet who is meant.
    assertThat(names(1100)).containsExactly("Anna", "Tver");
    assertThat(names(2000)).containsExactly("Anna Karenina", "Boris", "Tver");
    assertThat(names(0)).isEmpty();
  }

  @Test
  void mentionsComeInReadingOrderPageByPage() {
    List<Long> offsets = new ArrayList<>();
    String token = "";
    do {
      ListMentionsResponse page =
          api().listMentions(mentions().setPageSize(4).setPageToken(token).build());
      page.getMentionsList().forEach(mention -> offsets.add(mention.getOffset()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(offsets).containsExactly(0L, 210L, 400L, 1100L, 2100L, 2120L);
    assertThat(api().listMentions(mentions().setUpTo(1100).build()).getMentionsList())
        .extracting(Mention::getOffset)
        .containsExactly(0L, 210L, 400L);
    assertThat(
            api()
                .listMentions(mentions().setChapter(book + "/chapters/3").build())
                .getMentionsList())
        .hasSize(2);
  }

  @Test
  void theXRayShowsWhomTheReaderHasMetTheChaptersPeopleFirst() {
    database.statements().reset();
    XRay xRay = xRay(1500);

    assertThat(database.statements().statements()).hasSizeLessThanOrEqualTo(4);
    assertThat(xRay.getChapter()).isEqualTo(book + "/chapters/2");
    assertThat(xRay.getEntitiesList())
        .extracting(XRayEntity::getEntity)
        .extracting(Entity::getDisplayName)
        .containsExactly("Anna Karenina", "Boris", "Tver");
    assertThat(xRay.getEntitiesList())
        .extracting(XRayEntity::getChapterMentionCount)
        .containsExactly(1, 2, 0);
    assertThat(xRay.getEntities(0).getDescription().getPriority()).isEqualTo(80);
    assertThat(xRay.getEntities(2).getDescription().getPriority()).isEqualTo(90);
    assertThat(xRay.getEntities(2).getLastMention().getStart()).isEqualTo(700);
    assertThat(xRay.getPassagesList())
        .extracting(passage -> passage.getPriority())
        .containsExactly(90, 80, 40);
  }

  @Test
  void atTheFirstPageNobodyHasBeenMet() {
    XRay xRay = xRay(0);

    assertThat(xRay.getChapter()).isEqualTo(book + "/chapters/1");
    assertThat(xRay.getEntitiesList()).isEmpty();
    assertThat(xRay.getPassagesList()).isEmpty();
  }

  @Test
  void aRequestThatMakesNoSenseIsRefusedWithItsField() {
    assertField("up_to", () -> api().getXRay(GetXRayRequest.newBuilder().setName(book).build()));
    assertField("up_to", () -> xRay(3001));
    assertField("up_to", () -> api().getEntity(entity(1).setUpTo(-1).build()));
    assertField("max_quotations", () -> api().getEntity(entity(1).setMaxQuotations(201).build()));
    assertField("name", () -> api().getEntity(GetEntityRequest.newBuilder().setName(book).build()));
  }

  private static void assertField(
      String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Refusal refusal = Refusal.of(call);
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELD");
    assertThat(refusal.metadata()).containsEntry("field", field);
  }

  @Test
  void aStrangerSeesNothing() {
    AnalysisBlockingStub stranger = library.analysis(database.createAccount());

    assertThat(Refusal.of(() -> stranger.getEntity(entity(1).build())).reason())
        .isEqualTo("BOOK_NOT_FOUND");
    assertThat(Refusal.of(() -> stranger.listMentions(mentions().build())).reason())
        .isEqualTo("BOOK_NOT_FOUND");
    assertThat(
            Refusal.of(
                    () ->
                        stranger.getXRay(
                            GetXRayRequest.newBuilder().setName(book).setUpTo(10).build()))
                .reason())
        .isEqualTo("BOOK_NOT_FOUND");
  }

  private AnalysisBlockingStub api() {
    return library.analysis(owner);
  }

  private GetEntityRequest.Builder entity(int ordinal) {
    return GetEntityRequest.newBuilder().setName(book + "/entities/" + ordinal);
  }

  private ListMentionsRequest.Builder mentions() {
    return ListMentionsRequest.newBuilder().setParent(book + "/entities/1");
  }

  private XRay xRay(long upTo) {
    return api().getXRay(GetXRayRequest.newBuilder().setName(book).setUpTo(upTo).build());
  }

  private List<String> names(long upTo) {
    ListEntitiesRequest request =
        ListEntitiesRequest.newBuilder().setParent(book).setUpTo(upTo).build();
    return api().listEntities(request).getEntitiesList().stream()
        .map(Entity::getDisplayName)
        .toList();
  }
}

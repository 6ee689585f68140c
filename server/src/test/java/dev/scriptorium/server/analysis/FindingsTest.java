package dev.scriptorium.server.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.catalog.TestResult;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListEntitiesResponse;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListPassagesRequest.Order;
import dev.scriptorium.v1.ListPassagesResponse;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.ResultItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  private static final String CHAPTER = "a".repeat(1000);
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private Book book;
  private Job summarize;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book = library.upload(owner, "text");
    UUID id = BookName.parse("name", book.getName()).id();
    TestResult parsed = new TestResult().chapter("One", CHAPTER).chapter("Two", CHAPTER);
    summarize = library.commit(library.apply(library.job(id, "parse"), parsed)).getLast();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void passagesComeByPriorityOrInReadingOrderPageByPage() throws Exception {
    Random random = new Random(5);
    TestResult result = new TestResult();
    for (int i = 0; i < 40; i++) {
      int start = random.nextInt(900);
      result.item(
          SampleResults.passage(
              1 + random.nextInt(2), start, start + 10, "a".repeat(10), random.nextInt(5) * 20));
    }
    library.apply(summarize, result);

    List<Passage> byPriority = allPassages(request());
    List<Passage> byPlace = allPassages(request().setOrder(Order.ORDER_READING));

    Comparator<Passage> place =
        Comparator.comparing((Passage passage) -> passage.getRange().getChapter())
            .thenComparingInt(passage -> passage.getRange().getStart());
    assertThat(byPriority)
        .hasSize(40)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(
            Comparator.comparingInt(Passage::getPriority).reversed().thenComparing(place));
    assertThat(byPlace).isSortedAccordingTo(place).hasSameElementsAs(byPriority);
  }

  @Test
  void aPassageSaysWhatElseItDescribes() throws Exception {
    ResultItem.Builder passage = SampleResults.passage(2, 0, 10, "a".repeat(10), 50);
    passage
        .getPassageBuilder()
        .setType(PassageType.PASSAGE_TYPE_CHARACTER)
        .addOtherTypes(PassageType.PASSAGE_TYPE_ACTION)
        .addOtherTypes(PassageType.PASSAGE_TYPE_OBJECT);
    ResultItem.Builder twice = passage.clone();
    twice.getPassageBuilder().addOtherTypes(PassageType.PASSAGE_TYPE_CHARACTER);

    library.apply(summarize, new TestResult().item(passage));

    assertThat(allPassages(request()).getFirst().getOtherTypesList())
        .containsExactly(PassageType.PASSAGE_TYPE_ACTION, PassageType.PASSAGE_TYPE_OBJECT);
    assertThatThrownBy(() -> library.apply(summarize, new TestResult().item(twice)))
        .isInstanceOf(ResultInvalidException.class)
        .hasMessageContaining("none twice");
  }

  @Test
  void passagesAreFilteredByTypePriorityChapterAndPosition() throws Exception {
    ResultItem.Builder character = SampleResults.passage(2, 0, 10, "a".repeat(10), 50);
    character.getPassageBuilder().setType(PassageType.PASSAGE_TYPE_CHARACTER);
    library.apply(
        summarize,
        new TestResult()
            .item(SampleResults.passage(1, 0, 10, "a".repeat(10), 90))
            .item(SampleResults.passage(1, 990, 1000, "a".repeat(10), 20))
            .item(character));

    assertThat(starts(request())).containsExactly(0, 0, 990);
    assertThat(starts(request().setMinPriority(50))).containsExactly(0, 0);
    assertThat(starts(request().setMinPriority(51))).containsExactly(0);
    assertThat(starts(request().setType(PassageType.PASSAGE_TYPE_CHARACTER))).hasSize(1);
    assertThat(starts(request().setChapter(book.getName() + "/chapters/2"))).hasSize(1);
    assertThat(starts(request().setUpTo(9))).isEmpty();
    assertThat(starts(request().setUpTo(10))).containsExactly(0);
    assertThat(starts(request().setUpTo(1009))).containsExactly(0, 990);
    assertThat(starts(request().setUpTo(1010))).hasSize(3);
  }

  @Test
  void entitiesComeByMentionsThenByName() throws Exception {
    library.apply(
        summarize,
        new TestResult()
            .item(SampleResults.entity(1, "Zoe", mentions(1, 5)))
            .item(SampleResults.entity(2, "Anna", mentions(1, 2)))
            .item(SampleResults.entity(3, "Émile", mentions(1, 2)))
            .item(SampleResults.entity(4, "Bo", mentions(2, 2))));

    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListEntitiesResponse page =
          entities(ListEntitiesRequest.newBuilder().setPageSize(1).setPageToken(token));
      page.getEntitiesList().forEach(entity -> names.add(entity.getDisplayName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(names).containsExactly("Zoe", "Anna", "Bo", "Émile");
  }

  @Test
  void countsAreCutAtThePositionOfTheReader() throws Exception {
    List<EntityMention> early = new ArrayList<>(mentions(1, 2));
    early.addAll(mentions(2, 8));
    library.apply(
        summarize,
        new TestResult()
            .item(SampleResults.entity(1, "Zoe", early))
            .item(SampleResults.entity(2, "Anna", mentions(1, 5)))
            .item(SampleResults.entity(3, "Late", mentions(2, 1))));

    List<Entity> cut = entities(ListEntitiesRequest.newBuilder().setUpTo(1000)).getEntitiesList();

    assertThat(cut).extracting(Entity::getDisplayName).containsExactly("Anna", "Zoe");
    assertThat(cut).extracting(Entity::getMentionCount).containsExactly(5, 2);
    assertThat(entities(ListEntitiesRequest.newBuilder()).getEntities(0).getMentionCount())
        .isEqualTo(10);
    assertThat(entities(ListEntitiesRequest.newBuilder().setUpTo(0)).getEntitiesList()).isEmpty();
    assertThat(
            entities(ListEntitiesRequest.newBuilder().setType(EntityType.ENTITY_TYPE_PLACE))
                .getEntitiesList())
        .isEmpty();
    String next =
        entities(ListEntitiesRequest.newBuilder().setUpTo(1000).setPageSize(1)).getNextPageToken();
    assertThat(
            entities(ListEntitiesRequest.newBuilder().setUpTo(1000).setPageToken(next))
                .getEntitiesList())
        .extracting(Entity::getDisplayName)
        .containsExactly("Zoe");
  }

  @Test
  void aRequestThatMakesNoSenseIsRefusedWithItsField() {
    assertField("min_priority", request().setMinPriority(101));
    assertField("up_to", request().setUpTo(-1));
    assertField("type", request().setTypeValue(99));
    assertField("order", request().setOrderValue(99));
    assertField("page_size", request().setPageSize(-1));
    assertField("chapter", request().setChapter("books/" + owner + "/chapters/1"));
    assertField("parent", request().setParent("books/x"));
  }

  private void assertField(String field, ListPassagesRequest.Builder request) {
    Refusal refusal = Refusal.of(() -> library.analysis(owner).listPassages(request.build()));
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELD");
    assertThat(refusal.metadata()).containsEntry("field", field);
  }

  private ListPassagesRequest.Builder request() {
    return ListPassagesRequest.newBuilder().setParent(book.getName());
  }

  private List<Integer> starts(ListPassagesRequest.Builder request) {
    return library.analysis(owner).listPassages(request.build()).getPassagesList().stream()
        .map(passage -> passage.getRange().getStart())
        .toList();
  }

  private List<Passage> allPassages(ListPassagesRequest.Builder request) {
    List<Passage> all = new ArrayList<>();
    String token = "";
    do {
      ListPassagesResponse page =
          library
              .analysis(owner)
              .listPassages(request.clone().setPageSize(7).setPageToken(token).build());
      all.addAll(page.getPassagesList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return Collections.unmodifiableList(all);
  }

  private ListEntitiesResponse entities(ListEntitiesRequest.Builder request) {
    return library.analysis(owner).listEntities(request.setParent(book.getName()).build());
  }

  private static List<EntityMention> mentions(int chapter, int count) {
    List<EntityMention> mentions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mentions.add(SampleResults.mention(chapter, i * 10, i * 10 + 3));
    }
    return mentions;
  }
}

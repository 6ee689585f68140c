package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.BatchUpdateProgressRequest;
import dev.scriptorium.v1.BatchUpdateProgressResponse.Result;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.ListDeviceProgressRequest;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ProgressStep;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Devices as they are: they read offline, their clocks are wrong, they send again what was answered
 * already, and what waits arrives in another order. Nothing is lost, nothing goes back unless
 * somebody asks for it, every conflict is told, and the history has it all.
 */
class SyncModelTest {
  private static final int BOOK_LENGTH = 55;
  private static final int ACTIONS = 180;

  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private String name;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    Book book = library.upload(owner, "text");
    UUID id = BookName.parse("name", book.getName()).id();
    library.apply(library.job(id, "parse"), SampleResults.parsed());
    name = book.getName() + "/progress";
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  /** A device: what it knows, and what it has not sent yet. */
  private static final class Device {
    final String name;
    final Duration skew;
    final List<UpdateProgressRequest> outbox = new ArrayList<>();
    final List<UpdateProgressRequest> sent = new ArrayList<>();
    long known;
    int place;

    Device(String name, Duration skew) {
      this.name = name;
      this.skew = skew;
    }
  }

  /** A step that the server must have, in the order in which it came. */
  private record Taken(UpdateProgressRequest request, Instant eventAt, Outcome outcome, long made) {
    Taken {
      assertThat(outcome).isNotEqualTo(Outcome.OUTCOME_DUPLICATE);
    }
  }

  /** The log as it must be. */
  private final List<Taken> log = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void devicesThatComeAndGoLoseNothing(long seed) {
    Random random = new Random(seed);
    List<Device> devices =
        List.of(
            new Device("phone", Duration.ZERO),
            new Device("tablet", Duration.ofMinutes(-30)),
            new Device("reader", Duration.ofDays(2)),
            new Device("desk", Duration.ofSeconds(-3)));
    for (int i = 0; i < ACTIONS; i++) {
      library.clock.advance(Duration.ofSeconds(1 + random.nextInt(30)));
      act(random, devices.get(random.nextInt(devices.size())));
    }
    devices.forEach(device -> deliver(new Random(seed), device, true));

    headIsTheLastRevision();
    nothingWentBackUnasked();
    historyIsComplete();
    eachDeviceIsWhereItWasLast();
  }

  private void act(Random random, Device device) {
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> read(random, device);
      case 3 -> deliver(random, device, false);
      case 4 -> again(random, device);
      default -> {
        Progress head = get();
        device.known = head.getRevision();
        device.place = (int) head.getPosition().getOffset();
      }
    }
  }

  /** Reads on, mostly forwards, and remembers it for later. */
  private void read(Random random, Device device) {
    device.place = Math.clamp(device.place + random.nextInt(12) - 3L, 0, BOOK_LENGTH);
    UpdateProgressRequest.Builder step =
        UpdateProgressRequest.newBuilder()
            .setName(name)
            .setDevice(device.name)
            .setOffset(device.place)
            .setBaseRevision(device.known)
            .setPolicy(ConflictPolicy.forNumber(random.nextInt(5)))
            .setRequestId(new UUID(random.nextLong(), random.nextLong()).toString());
    if (random.nextInt(5) > 0) {
      step.setEventTime(WireTime.of(library.clock.instant().plus(device.skew)));
    }
    device.outbox.add(step.build());
  }

  /** Sends what waits: in order or not, one by one or together, all or a part of it. */
  private void deliver(Random random, Device device, boolean all) {
    List<UpdateProgressRequest> waiting = new ArrayList<>(device.outbox);
    if (random.nextInt(3) == 0) {
      Collections.shuffle(waiting, random);
    }
    int count = all ? waiting.size() : random.nextInt(waiting.size() + 1);
    List<UpdateProgressRequest> now = waiting.subList(0, count);
    if (now.isEmpty()) {
      return;
    }
    boolean together = random.nextBoolean();
    List<UpdateProgressResponse> answers = together ? sendTogether(now) : sendEach(now);
    for (int i = 0; i < now.size(); i++) {
      check(now.get(i), answers.get(i));
    }
    // The answer may be lost: then the device does not know that it was heard, and sends it again.
    if (all || random.nextInt(4) > 0) {
      device.outbox.removeAll(now);
      device.sent.addAll(now);
      device.known = answers.getLast().getProgress().getRevision();
    }
  }

  private void again(Random random, Device device) {
    if (!device.sent.isEmpty()) {
      UpdateProgressRequest old = device.sent.get(random.nextInt(device.sent.size()));
      check(old, library.reading(owner).updateProgress(old));
    }
  }

  private List<UpdateProgressResponse> sendEach(List<UpdateProgressRequest> steps) {
    List<UpdateProgressResponse> answers = new ArrayList<>();
    steps.forEach(step -> answers.add(library.reading(owner).updateProgress(step)));
    return answers;
  }

  private List<UpdateProgressResponse> sendTogether(List<UpdateProgressRequest> steps) {
    var batch = BatchUpdateProgressRequest.newBuilder().addAllRequests(steps).build();
    return library.reading(owner).batchUpdateProgress(batch).getResultsList().stream()
        .map(Result::getResponse)
        .toList();
  }

  /** What the answer must be, by looking through the whole log. */
  private void check(UpdateProgressRequest request, UpdateProgressResponse answer) {
    boolean seen = log.stream().anyMatch(t -> t.request().equals(request));
    if (seen) {
      assertThat(answer.getOutcome()).isEqualTo(Outcome.OUTCOME_DUPLICATE);
      return;
    }
    Instant eventAt = eventAt(request);
    Outcome outcome = expected(request, eventAt);
    long head = revision();
    assertThat(answer.getOutcome()).as("%s after %s", request, log).isEqualTo(outcome);
    boolean applied = outcome == Outcome.OUTCOME_APPLIED;
    log.add(new Taken(request, eventAt, outcome, applied ? head + 1 : 0));
    assertThat(answer.getProgress().getRevision()).isEqualTo(applied ? head + 1 : head);
    assertThat(answer.hasOffered()).isEqualTo(outcome == Outcome.OUTCOME_CONFLICT);
    if (outcome == Outcome.OUTCOME_CONFLICT) {
      assertThat(answer.getOffered().getPosition().getOffset()).isEqualTo(request.getOffset());
      assertThat(answer.getOffered().getDevice()).isEqualTo(request.getDevice());
    }
  }

  private Outcome expected(UpdateProgressRequest request, Instant eventAt) {
    long base = request.getBaseRevision();
    boolean force = request.getPolicy() == ConflictPolicy.CONFLICT_POLICY_FORCE;
    if (base == revision() || force) {
      return Outcome.OUTCOME_APPLIED;
    }
    List<Taken> own =
        log.stream().filter(t -> t.request().getDevice().equals(request.getDevice())).toList();
    boolean others = log.stream().anyMatch(t -> t.made() > base && !own.contains(t));
    if (!others) {
      boolean late = own.stream().anyMatch(t -> t.eventAt().isAfter(eventAt));
      return late ? Outcome.OUTCOME_STALE : Outcome.OUTCOME_APPLIED;
    }
    Taken head = applied().getLast();
    boolean wins =
        switch (request.getPolicy()) {
          case CONFLICT_POLICY_NEWEST -> eventAt.isAfter(head.eventAt());
          case CONFLICT_POLICY_FURTHEST -> request.getOffset() > head.request().getOffset();
          default -> false;
        };
    boolean decided =
        request.getPolicy() == ConflictPolicy.CONFLICT_POLICY_NEWEST
            || request.getPolicy() == ConflictPolicy.CONFLICT_POLICY_FURTHEST;
    if (!decided) {
      return Outcome.OUTCOME_CONFLICT;
    }
    return wins ? Outcome.OUTCOME_APPLIED : Outcome.OUTCOME_STALE;
  }

  private Instant eventAt(UpdateProgressRequest request) {
    Instant now = library.clock.instant();
    Instant claimed = Instant.ofEpochSecond(request.getEventTime().getSeconds());
    return request.hasEventTime() && claimed.isBefore(now) ? claimed : now;
  }

  private List<Taken> applied() {
    return log.stream().filter(t -> t.made() > 0).toList();
  }

  private long revision() {
    return applied().size();
  }

  private void headIsTheLastRevision() {
    Taken last = applied().getLast();
    assertThat(get().getRevision()).isEqualTo(last.made());
    assertThat(get().getPosition().getOffset()).isEqualTo(last.request().getOffset());
    assertThat(get().getDevice()).isEqualTo(last.request().getDevice());
  }

  private void nothingWentBackUnasked() {
    List<Taken> applied = applied();
    for (int i = 1; i < applied.size(); i++) {
      Taken before = applied.get(i - 1);
      UpdateProgressRequest step = applied.get(i).request();
      boolean back = step.getOffset() < before.request().getOffset();
      boolean knew = step.getBaseRevision() >= before.made();
      boolean own = step.getDevice().equals(before.request().getDevice());
      boolean asked =
          step.getPolicy() == ConflictPolicy.CONFLICT_POLICY_FORCE
              || step.getPolicy() == ConflictPolicy.CONFLICT_POLICY_NEWEST;
      assertThat(!back || knew || own || asked).as("revision %d", i + 1).isTrue();
    }
  }

  private void historyIsComplete() {
    List<ProgressStep> history = new ArrayList<>();
    var request = ListProgressHistoryRequest.newBuilder().setParent(name).setPageSize(7);
    do {
      var page = library.reading(owner).listProgressHistory(request.build());
      history.addAll(page.getStepsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    Collections.reverse(history);

    assertThat(history).hasSameSizeAs(log);
    for (int i = 0; i < log.size(); i++) {
      Taken taken = log.get(i);
      ProgressStep step = history.get(i);
      assertThat(step.getOutcome()).isEqualTo(taken.outcome());
      assertThat(step.getBaseRevision()).isEqualTo(taken.request().getBaseRevision());
      assertThat(step.getProgress().getRevision()).isEqualTo(taken.made());
      assertThat(step.getProgress().getDevice()).isEqualTo(taken.request().getDevice());
      assertThat(step.getProgress().getPosition().getOffset())
          .isEqualTo(taken.request().getOffset());
      assertThat(step.getProgress().getEventTime()).isEqualTo(WireTime.of(taken.eventAt()));
    }
  }

  private void eachDeviceIsWhereItWasLast() {
    Map<String, Taken> last = new LinkedHashMap<>();
    for (Taken taken : log) {
      last.merge(
          taken.request().getDevice(),
          taken,
          (known, next) -> next.eventAt().isBefore(known.eventAt()) ? known : next);
    }
    Map<String, Long> offsets = new HashMap<>();
    last.forEach((device, taken) -> offsets.put(device, taken.request().getOffset()));
    Map<String, Long> heads = new HashMap<>();
    library
        .reading(owner)
        .listDeviceProgress(ListDeviceProgressRequest.newBuilder().setName(name).build())
        .getHeadsList()
        .forEach(head -> heads.put(head.getDevice(), head.getPosition().getOffset()));
    assertThat(heads).isEqualTo(offsets);
  }

  @Test
  void stepsThatAllArriveAtOnceAreEachTakenOnce() throws Exception {
    List<UpdateProgressRequest> steps = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      UpdateProgressRequest step =
          UpdateProgressRequest.newBuilder()
              .setName(name)
              .setDevice("device " + i % 5)
              .setOffset(i % BOOK_LENGTH)
              .setPolicy(ConflictPolicy.forNumber(i % 5))
              .setRequestId(new UUID(7, i).toString())
              .build();
      steps.addAll(List.of(step, step));
    }
    Collections.shuffle(steps, new Random(5));
    List<Future<UpdateProgressResponse>> calls = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      steps.forEach(
          step -> calls.add(threads.submit(() -> library.reading(owner).updateProgress(step))));
    }

    int duplicates = 0;
    List<Long> revisions = new ArrayList<>();
    for (Future<UpdateProgressResponse> call : calls) {
      switch (call.get().getOutcome()) {
        case OUTCOME_DUPLICATE -> duplicates++;
        case OUTCOME_APPLIED -> revisions.add(call.get().getProgress().getRevision());
        default -> assertThat(call.get().getProgress().getRevision()).isPositive();
      }
    }
    assertThat(duplicates).isEqualTo(200);
    revisions.sort(Comparator.naturalOrder());
    assertThat(revisions)
        .isEqualTo(LongStream.rangeClosed(1, get().getRevision()).boxed().toList());
    var history =
        library
            .reading(owner)
            .listProgressHistory(
                ListProgressHistoryRequest.newBuilder().setParent(name).setPageSize(1000).build());
    Set<String> names = new HashSet<>();
    history.getStepsList().forEach(step -> names.add(step.getName()));
    assertThat(names).hasSize(200);
  }

  private Progress get() {
    return library
        .reading(owner)
        .getProgress(GetProgressRequest.newBuilder().setName(name).build());
  }
}

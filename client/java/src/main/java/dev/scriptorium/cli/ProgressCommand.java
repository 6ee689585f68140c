package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows or sets the place in a book. */
@Command(name = "progress", description = "Shows where you are in a book, or sets it.")
final class ProgressCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(index = "0", paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SET",
      description = "New place: a part of the book (42%%), or an offset in code points (12345).")
  private @Nullable String place;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Name of this device. ${DEFAULT-VALUE} by default.")
  private String device = "scriptorium";

  @Option(
      names = "--base",
      paramLabel = "REVISION",
      description = "Revision that this device saw last. The present one by default.")
  private @Nullable Long base;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description = "When another device moved since: ${COMPLETION-CANDIDATES}; ask by default.")
  private Policy policy = Policy.ask;

  ProgressCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      String book = new BookFinder(client).nameOf(wanted);
      Progress present = client.getProgress(book);
      return place == null ? show(present) : set(client, book, place, present);
    }
  }

  private int show(Progress progress) {
    shell.out().println(common.json() ? ProtoJson.line(ProtoJson.of(progress)) : line(progress));
    return 0;
  }

  private int set(ScriptoriumClient client, String book, String text, Progress present) {
    UpdateProgressResponse response =
        client.updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(book + "/progress")
                .setOffset(ReadingPlace.parse(client, book, text))
                .setBaseRevision(base == null ? present.getRevision() : base)
                .setDevice(device)
                .setPolicy(policy.wire)
                .build());
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(response)));
    } else {
      shell.out().println(Words.of(response.getOutcome()) + ": " + line(response.getProgress()));
    }
    if (response.getOutcome() != Outcome.OUTCOME_CONFLICT) {
      return 0;
    }
    if (!common.json()) {
      shell.err().println("offered:  " + line(response.getOffered()));
      shell.err().println("Choose with --policy newest, furthest or force.");
    }
    return 1;
  }

  private String line(Progress progress) {
    if (progress.getRevision() == 0) {
      return "not opened yet";
    }
    return String.format(
        Locale.ROOT,
        "%.1f%%, chapter %s, offset %d, revision %d, by %s at %s",
        progress.getFraction() * 100,
        BookLines.ordinal(progress.getPosition().getChapter()),
        progress.getPosition().getOffset(),
        progress.getRevision(),
        Cells.clean(progress.getDevice()),
        Words.time(progress.getEventTime(), shell.zone()));
  }

  /** Policies by the names a user types. */
  enum Policy {
    ask(ConflictPolicy.CONFLICT_POLICY_ASK),
    newest(ConflictPolicy.CONFLICT_POLICY_NEWEST),
    furthest(ConflictPolicy.CONFLICT_POLICY_FURTHEST),
    force(ConflictPolicy.CONFLICT_POLICY_FORCE);

    private final ConflictPolicy wire;

    Policy(ConflictPolicy wire) {
      this.wire = wire;
    }
  }
}

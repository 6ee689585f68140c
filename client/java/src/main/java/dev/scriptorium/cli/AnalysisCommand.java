package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.AnalysisMember;
import dev.scriptorium.v1.AnalysisMode;
import dev.scriptorium.v1.AnalysisSettings;
import dev.scriptorium.v1.MemberWeight;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows or changes how a user's books are analyzed. */
@Command(
    name = "analysis",
    description = {
      "Shows how the books of a user are analyzed, or changes it (operators). What is changed"
          + " holds",
      "for books that are imported later, and for 'scriptorium reanalyze BOOK'."
    },
    footer = {
      "",
      "A USER is a display name, an e-mail address, users/ID, or me.",
      "",
      "  scriptorium analysis Mary --mode adaptive",
      "  scriptorium analysis Mary --member learned --member lexicon=2",
      "  scriptorium analysis Mary --usual"
    })
final class AnalysisCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(arity = "0..1", paramLabel = "USER", description = "Oneself by default.")
  private String wanted = "me";

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "How the members work together: ${COMPLETION-CANDIDATES}.")
  private @Nullable Mode mode;

  @Option(
      names = "--member",
      paramLabel = "NAME[=WEIGHT]",
      description = {
        "Ask this member, and no other than those given so: shape, lexicon, grammar, entity, or",
        "learned. A WEIGHT of 2 lets it count for twice what it has learned."
      })
  private List<String> members = new ArrayList<>();

  @Option(names = "--usual", description = "All members of the ensemble, as they have learned.")
  private boolean usual;

  AnalysisCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<MemberWeight> asked = members.stream().map(AnalysisCommand::member).toList();
    try (ScriptoriumClient client = common.connect(shell)) {
      String user = new UserFinder(client.identity()).nameOf(wanted);
      AnalysisSettings settings = client.getAnalysisSettings(user);
      if (usual || mode != null || !asked.isEmpty()) {
        settings = client.updateAnalysisSettings(changed(settings, asked));
      }
      print(settings);
    }
    return 0;
  }

  private AnalysisSettings changed(AnalysisSettings settings, List<MemberWeight> asked) {
    AnalysisSettings.Builder changed =
        usual ? AnalysisSettings.newBuilder().setName(settings.getName()) : settings.toBuilder();
    if (mode != null) {
      changed.setMode(mode.wire);
    }
    if (!asked.isEmpty()) {
      changed.clearMembers().addAllMembers(asked);
    }
    return changed.build();
  }

  private static MemberWeight member(String text) {
    int sign = text.indexOf('=');
    String name = (sign < 0 ? text : text.substring(0, sign)).toUpperCase(Locale.ROOT);
    try {
      return MemberWeight.newBuilder()
          .setMember(AnalysisMember.valueOf("ANALYSIS_MEMBER_" + name))
          .setWeight(sign < 0 ? 1 : Double.parseDouble(text.substring(sign + 1)))
          .build();
    } catch (IllegalArgumentException e) {
      throw new CliException(
          2,
          "'" + text + "' is no member: shape, lexicon, grammar, entity or learned, with =WEIGHT");
    }
  }

  private void print(AnalysisSettings settings) {
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(settings)));
      return;
    }
    Labelled lines = new Labelled(shell);
    lines.print("Mode", Words.of(settings.getMode()));
    lines.print(
        "Members",
        settings.getMembersList().stream()
            .map(one -> Words.of(one.getMember()) + weight(one.getWeight()))
            .collect(Collectors.joining(", ")));
  }

  private static String weight(double weight) {
    return weight == 1
        ? ""
        : " x" + BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString();
  }

  /** Modes by the names a user types. */
  enum Mode {
    single(AnalysisMode.ANALYSIS_MODE_SINGLE),
    parallel(AnalysisMode.ANALYSIS_MODE_PARALLEL),
    sequential(AnalysisMode.ANALYSIS_MODE_SEQUENTIAL),
    ensemble(AnalysisMode.ANALYSIS_MODE_ENSEMBLE),
    adaptive(AnalysisMode.ANALYSIS_MODE_ADAPTIVE);

    private final AnalysisMode wire;

    Mode(AnalysisMode wire) {
      this.wire = wire;
    }
  }
}

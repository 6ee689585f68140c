package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.result.AnalysisChoice;
import dev.scriptorium.server.catalog.result.AnalysisChoiceStore;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.AnalysisMember;
import dev.scriptorium.v1.AnalysisMode;
import dev.scriptorium.v1.AnalysisSettings;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.GetAnalysisSettingsRequest;
import dev.scriptorium.v1.MemberWeight;
import dev.scriptorium.v1.UpdateAnalysisSettingsRequest;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The rules of choosing how somebody's books are analyzed. Thread-safe. */
public final class AnalysisChoices {
  private static final Pattern NAME =
      Pattern.compile(
          "users/(me|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
              + "/analysisSettings");
  private static final double LEAST_WEIGHT = 0.01;
  private static final double MOST_WEIGHT = 100;

  private final Database system;
  private final Journal journal;
  private final InstantSource clock;
  private final AnalysisChoiceStore store = new AnalysisChoiceStore();

  /** Writes down who changed what, in the transaction that does it. */
  @FunctionalInterface
  public interface Journal {
    /**
     * @param user whose books it is about, as {@code users/{user}}
     * @param choice in words
     */
    void changed(Handle handle, Caller caller, String user, String choice);
  }

  /**
   * @param system of a role that sees every account
   */
  public AnalysisChoices(Database system, Journal journal, InstantSource clock) {
    this.system = system;
    this.journal = journal;
    this.clock = clock;
  }

  /** What holds for a user; others than operators see their own alone. */
  AnalysisSettings get(Caller caller, GetAnalysisSettingsRequest request) {
    UUID user = user("name", request.getName(), caller);
    if (caller.role() != Role.OPERATOR && !user.equals(caller.owner())) {
      throw noUser(user);
    }
    return system.inTransaction(
        handle -> {
          if (!store.isAccount(handle, user)) {
            throw noUser(user);
          }
          return message(user, store.load(handle, user));
        });
  }

  /** Sets what shall hold for a user. */
  AnalysisSettings update(Caller caller, UpdateAnalysisSettingsRequest request) {
    AnalysisSettings settings = request.getSettings();
    UUID user = user("settings.name", settings.getName(), caller);
    AnalysisChoice choice = new AnalysisChoice(mode(settings), members(settings.getMembersList()));
    system.inTransaction(
        handle -> {
          if (!store.save(handle, user, choice, clock.instant())) {
            throw noUser(user);
          }
          journal.changed(handle, caller, "users/" + user, choice.toText());
          return true;
        });
    return message(user, choice);
  }

  private static UUID user(String field, String name, Caller caller) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw InvalidField.of(
          field, name, "users/{lower-case UUID}/analysisSettings or users/me/analysisSettings");
    }
    return matcher.group(1).equals("me") ? caller.owner() : UUID.fromString(matcher.group(1));
  }

  private static AnalysisMode mode(AnalysisSettings settings) {
    return switch (settings.getMode()) {
      case ANALYSIS_MODE_UNSPECIFIED -> AnalysisMode.ANALYSIS_MODE_ENSEMBLE;
      case UNRECOGNIZED ->
          throw InvalidField.of(
              "settings.mode", settings.getModeValue(), "a published mode, or unspecified");
      default -> settings.getMode();
    };
  }

  private static Map<AnalysisMember, Double> members(List<MemberWeight> wanted) {
    if (wanted.isEmpty()) {
      return AnalysisChoice.USUAL.members();
    }
    Map<AnalysisMember, Double> members = new EnumMap<>(AnalysisMember.class);
    for (int i = 0; i < wanted.size(); i++) {
      MemberWeight one = wanted.get(i);
      String field = "settings.members[" + i + "].";
      if (!AnalysisChoice.USUAL.members().containsKey(one.getMember())
          || members.put(one.getMember(), weight(field, one.getWeight())) != null) {
        throw InvalidField.of(field + "member", one.getMemberValue(), "published ones, none twice");
      }
    }
    return members;
  }

  private static double weight(String field, double weight) {
    if (weight == 0) {
      return 1;
    }
    // Negated, because a NaN is not at least anything.
    if (!(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT)) {
      throw InvalidField.of(field + "weight", weight, LEAST_WEIGHT + " to " + MOST_WEIGHT);
    }
    return weight;
  }

  private static AnalysisSettings message(UUID user, AnalysisChoice choice) {
    AnalysisSettings.Builder settings =
        AnalysisSettings.newBuilder()
            .setName("users/" + user + "/analysisSettings")
            .setMode(choice.mode());
    choice
        .members()
        .forEach(
            (member, weight) ->
                settings.addMembers(MemberWeight.newBuilder().setMember(member).setWeight(weight)));
    return settings.build();
  }

  private static ApiException noUser(UUID user) {
    String name = "users/" + user;
    return new ApiException(
        ErrorReason.ERROR_REASON_USER_NOT_FOUND, "there is no user " + name, Map.of("user", name));
  }
}

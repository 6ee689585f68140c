package dev.scriptorium.plugin.analysis.members;

import dev.scriptorium.plugin.AnalysisRun.MemberRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members that are asked about one slice of a book, and what each of them has done. One that
 * fails is asked no more. For one thread.
 */
public final class Bench {
  private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

  private final Map<Member, Seat> seats = new EnumMap<>(Member.class);
  private final LongSupplier nanoTime;

  /**
   * @param judges who may be asked
   * @param weights those of them who are, and how much each counts; at least one
   * @param nanoTime tells how long they think
   */
  public Bench(Map<Member, Judge> judges, Map<Member, Double> weights, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    judges.forEach(
        (member, judge) -> {
          Double weight = weights.get(member);
          if (weight != null) {
            seats.put(member, new Seat(judge, weight));
          }
        });
  }

  /** Asks a member, unless it is not there, has failed, or has said what it thinks. */
  void ask(Member member, Features features, Map<Member, Opinion> opinions) {
    Seat seat = seats.get(member);
    if (seat == null || seat.failed || opinions.containsKey(member)) {
      return;
    }
    long began = nanoTime.getAsLong();
    try {
      opinions.put(member, seat.judge.judge(features));
    } catch (RuntimeException e) {
      // Whatever is wrong with one member, the book is better read by the others than not at all.
      LOG.warn("The member {} of the analysis failed and is asked no more", member, e);
      seat.failed = true;
    }
    seat.judged++;
    seat.nanos += nanoTime.getAsLong() - began;
  }

  void askAll(Features features, Map<Member, Opinion> opinions) {
    seats.keySet().forEach(member -> ask(member, features, opinions));
  }

  /** True when a member has failed. */
  boolean failed() {
    return seats.values().stream().anyMatch(seat -> seat.failed);
  }

  /** What each of them has done. */
  List<MemberRun> runs() {
    List<MemberRun> runs = new ArrayList<>();
    seats.forEach(
        (member, seat) ->
            runs.add(
                new MemberRun(
                    member.name(),
                    seat.weight,
                    seat.judged,
                    Duration.ofNanos(Math.max(0, seat.nanos)),
                    seat.failed)));
    return runs;
  }

  /** One member and what it has done. */
  private static final class Seat {
    private final Judge judge;
    private final double weight;
    private long judged;
    private long nanos;
    private boolean failed;

    Seat(Judge judge, double weight) {
      this.judge = judge;
      this.weight = weight;
    }
  }
}

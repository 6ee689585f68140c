package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.worker.v1.AnalysisRunResult;
import dev.scriptorium.worker.v1.MemberRunResult;
import java.time.Duration;

/** Turns what a plugin says of its work into a message, with every text cleaned, and back. */
final class RunEncoding {
  private static final int MAX_NAME = 100;

  private RunEncoding() {}

  static AnalysisRunResult run(AnalysisRun run) {
    AnalysisRunResult.Builder message =
        AnalysisRunResult.newBuilder()
            .setPlugin(name(run.plugin()))
            .setMode(name(run.mode()))
            .setWeights(name(run.weights()))
            .setParagraphs(run.paragraphs());
    for (AnalysisRun.MemberRun member : run.members()) {
      message.addMembers(
          MemberRunResult.newBuilder()
              .setMember(name(member.name()))
              .setWeight(member.weight())
              .setJudged(member.judged())
              .setNanos(member.time().toNanos())
              .setFailed(member.failed()));
    }
    run.fallbacks().forEach(fallback -> message.addFallbacks(name(fallback)));
    return message.build();
  }

  static AnalysisRun run(AnalysisRunResult message) {
    return new AnalysisRun(
        message.getPlugin(),
        message.getMode(),
        message.getWeights(),
        message.getParagraphs(),
        message.getMembersList().stream().map(RunEncoding::member).toList(),
        message.getFallbacksList());
  }

  private static AnalysisRun.MemberRun member(MemberRunResult message) {
    return new AnalysisRun.MemberRun(
        message.getMember(),
        message.getWeight(),
        message.getJudged(),
        Duration.ofNanos(message.getNanos()),
        message.getFailed());
  }

  private static String name(String text) {
    return CleanText.atMost(MAX_NAME, text);
  }
}

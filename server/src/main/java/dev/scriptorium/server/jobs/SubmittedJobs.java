package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.KeyLimit;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the jobs of a SubmitJobs request. Stateless. */
final class SubmittedJobs {
  private static final int MOST = 1000;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_UNIQUE_KEY = 200;
  private static final int LARGEST_PAYLOAD = 2048;
  private static final int LAST_TIER = 3;
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);
  private static final long MOST_MEMORY = 1L << 40;
  private static final Pattern EARLIER = Pattern.compile("#([1-9][0-9]{0,3})");

  private final UUID owner;

  /**
   * @param owner whose jobs they are
   */
  SubmittedJobs(UUID owner) {
    this.owner = owner;
  }

  /**
   * What is to be committed.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  List<NewJob> read(List<dev.scriptorium.v1.NewJob> jobs) {
    if (jobs.isEmpty() || jobs.size() > MOST) {
      throw InvalidField.of("jobs", jobs.size() + " jobs", "1 to " + MOST + " jobs");
    }
    List<NewJob> read = new ArrayList<>(jobs.size());
    for (dev.scriptorium.v1.NewJob job : jobs) {
      read.add(read(job, "jobs[" + read.size() + "].", read.size()));
    }
    return read;
  }

  private NewJob read(dev.scriptorium.v1.NewJob job, String path, int before) {
    checkName(path + "kind", job.getKind());
    check(job.getTier() >= 0 && job.getTier() <= LAST_TIER, path + "tier", job.getTier(), "0 to 3");
    List<Long> after = new ArrayList<>();
    for (String name : job.getAfterList()) {
      after.add(reference(path + "after", name, before));
    }
    check(after.size() <= MOST, path + "after", after.size() + " jobs", "at most " + MOST);
    return new NewJob(
        owner,
        Job.NO_BOOK,
        job.getKind(),
        job.getMediaType().isEmpty() ? "application/octet-stream" : job.getMediaType(),
        job.getTier() == 0 ? LAST_TIER : job.getTier(),
        0,
        0,
        after,
        terms(job, path));
  }

  private static Terms terms(dev.scriptorium.v1.NewJob job, String path) {
    int priority = job.getPriority();
    check(priority >= 0 && priority <= 100, path + "priority", priority, "0 to 100");
    check(
        job.getUniqueKey().length() <= LONGEST_UNIQUE_KEY,
        path + "unique_key",
        job.getUniqueKey(),
        "at most " + LONGEST_UNIQUE_KEY + " characters");
    check(
        job.getPayload().size() <= LARGEST_PAYLOAD,
        path + "payload",
        job.getPayload().size() + " bytes",
        "at most " + LARGEST_PAYLOAD + " bytes");
    check(
        job.getMemoryBytes() >= 0 && job.getMemoryBytes() <= MOST_MEMORY,
        path + "memory_bytes",
        job.getMemoryBytes(),
        "0 to " + MOST_MEMORY);
    return new Terms(
        priority,
        job.hasRunTime() ? WireTime.parse(path + "run_time", job.getRunTime()) : Instant.EPOCH,
        job.hasLimit() ? limit(job.getLimit(), path + "limit.") : null,
        deadline(job, path),
        job.getMemoryBytes(),
        job.getPayload().size(),
        job.getUniqueKey(),
        job.getPayload());
  }

  private static Duration deadline(dev.scriptorium.v1.NewJob job, String path) {
    if (!job.hasDeadline()) {
      return Duration.ZERO;
    }
    Duration deadline =
        Duration.ofSeconds(job.getDeadline().getSeconds(), job.getDeadline().getNanos());
    check(
        deadline.isPositive() && deadline.compareTo(LONGEST_DEADLINE) <= 0,
        path + "deadline",
        deadline,
        "1 ms to " + LONGEST_DEADLINE.toHours() + " hours");
    return deadline;
  }

  private static KeyLimit limit(dev.scriptorium.v1.KeyLimit limit, String path) {
    checkName(path + "key", limit.getKey());
    int most = limit.getConcurrency();
    check(most >= 0 && most <= MOST, path + "concurrency", most, "0 to " + MOST);
    int starts = limit.getStartsPerMinute();
    check(starts >= 0, path + "starts_per_minute", starts, "0 or more");
    return new KeyLimit(limit.getKey(), Math.max(1, most), starts);
  }

  private static long reference(String field, String name, int before) {
    Matcher earlier = EARLIER.matcher(name);
    if (!earlier.matches()) {
      return JobName.parse(name);
    }
    int number = Integer.parseInt(earlier.group(1));
    check(number <= before, field, name, "an earlier job of the request");
    return -number;
  }

  private static void checkName(String field, String name) {
    check(
        !name.isEmpty() && name.length() <= LONGEST_NAME && name.indexOf('\0') < 0,
        field,
        name,
        "1 to " + LONGEST_NAME + " characters");
  }

  private static void check(boolean valid, String field, @Nullable Object value, String allowed) {
    if (!valid) {
      throw InvalidField.of(field, String.valueOf(value), allowed);
    }
  }
}

package dev.scriptorium.server.cache;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Patterns where {@code *} stands for any characters, here and in Redis. */
final class Glob {
  private final String text;
  private final Pattern pattern;

  Glob(String text) {
    this.text = text;
    this.pattern =
        Pattern.compile(
            Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
            Pattern.DOTALL);
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** The same for Redis, which knows more special characters. */
  String redis() {
    return text.replaceAll("([?\\[\\]\\\\])", "\\\\$1");
  }
}

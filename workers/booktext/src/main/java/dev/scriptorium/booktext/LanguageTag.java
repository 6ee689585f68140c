package dev.scriptorium.booktext;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Language tags as books write them, made BCP 47. Thread-safe. */
public final class LanguageTag {
  /** Three-letter codes, terminological and bibliographic, of languages that have a short one. */
  private static final Map<String, String> SHORT_CODES = shortCodes();

  private LanguageTag() {}

  /**
   * A tag in BCP 47, or nothing when it is none. A well-formed tag stays as it is written, for the
   * case of letters says nothing; underscores become hyphens and {@code eng} becomes {@code en}.
   */
  public static Optional<String> normalise(String written) {
    String tag = written.strip().replace('_', '-');
    int end = tag.indexOf('-');
    String primary = (end < 0 ? tag : tag.substring(0, end)).toLowerCase(Locale.ROOT);
    String shortCode = SHORT_CODES.get(primary);
    if (shortCode != null) {
      tag = shortCode + (end < 0 ? "" : tag.substring(end));
    }
    return isWellFormed(tag) && !primary.equals("und") ? Optional.of(tag) : Optional.empty();
  }

  /** First part of a tag in lower case, {@code en} for {@code en-GB}; empty for none. */
  public static String primary(String tag) {
    int end = tag.indexOf('-');
    return (end < 0 ? tag : tag.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  private static boolean isWellFormed(String tag) {
    if (tag.isEmpty() || tag.length() > 64) {
      return false;
    }
    if (isUsual(tag)) {
      return true;
    }
    try {
      return !new Locale.Builder().setLanguageTag(tag).build().getLanguage().isEmpty();
    } catch (IllformedLocaleException e) {
      return false;
    }
  }

  /**
   * True for {@code en}, {@code grc}, {@code en-GB}: nearly all, and foreign words have one each.
   */
  private static boolean isUsual(String tag) {
    int letters = 0;
    while (letters < tag.length() && isLetter(tag.charAt(letters))) {
      letters++;
    }
    boolean language = letters == 2 || letters == 3;
    boolean alone = letters == tag.length();
    boolean region =
        tag.length() == letters + 3
            && tag.charAt(letters) == '-'
            && isLetter(tag.charAt(letters + 1))
            && isLetter(tag.charAt(letters + 2));
    return language && (alone || region);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static Map<String, String> shortCodes() {
    Map<String, String> codes =
        Stream.of(Locale.getISOLanguages())
            .filter(code -> code.length() == 2 && longCode(code).isPresent())
            .collect(
                Collectors.toMap(
                    code -> longCode(code).orElseThrow(),
                    Function.identity(),
                    (first, second) -> first));
    codes.putAll(
        Map.of(
            "ger", "de", "fre", "fr", "dut", "nl", "gre", "el", "chi", "zh", "cze", "cs", "rum",
            "ro", "slo", "sk", "per", "fa", "ice", "is"));
    return Map.copyOf(codes);
  }

  private static Optional<String> longCode(String code) {
    try {
      return Optional.of(Locale.of(code).getISO3Language());
    } catch (MissingResourceException e) {
      return Optional.empty();
    }
  }
}

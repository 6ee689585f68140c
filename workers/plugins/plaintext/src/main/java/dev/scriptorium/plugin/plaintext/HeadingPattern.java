package dev.scriptorium.plugin.plaintext;

import java.util.regex.Pattern;

/** Says which lines of a plain text look like the heading of a chapter. */
final class HeadingPattern {
  private static final int MAX_LENGTH = 100;

  private static final String WORD =
      "chapter|book|part|canto|letter|act|scene|volume|stave|section|kapitel|teil|buch|chapitre"
          + "|livre|partie|capítulo|capitulo|parte|capitolo|libro|глава|часть|том|книга|письмо";
  private static final String NUMERAL =
      "[ivxlcdm]{1,8}|\\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
          + "|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty(?:[- ]\\p{L}{3,6})?|first|second"
          + "|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|перв\\p{L}{2}|втор\\p{L}{2}"
          + "|трет\\p{L}{2}|четв[её]рт\\p{L}{2}|пят\\p{L}{2}|шест\\p{L}{2}|седьм\\p{L}{2}"
          + "|восьм\\p{L}{2}|девят\\p{L}{2}|десят\\p{L}{2}|erste[rs]?|zweite[rs]?|dritte[rs]?"
          + "|premi[eè]re?|deuxième|troisième";

  /** A numeral may be followed by a title; another word must end the line. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?iU)(?:" + WORD + ")\\s+(?:the\\s+)?(?:(?:" + NUMERAL + ")\\b.*|\\p{L}{2,12}[.:]?)");

  private static final Pattern ALONE =
      Pattern.compile(
          "(?iU)(prologue|epilogue|preface|foreword|introduction|afterword|appendix|conclusion"
              + "|prolog|epilog|vorwort|nachwort|einleitung|préface|avant-propos|épilogue"
              + "|пролог|эпилог|предисловие|послесловие|введение|заключение)[.:]?");
  private static final Pattern ROMAN = Pattern.compile("[IVXLC]{1,7}\\.?(\\s+\\p{Lu}.{0,60})?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}\\.?");

  private HeadingPattern() {}

  /**
   * True for {@code CHAPTER IV. The Bridge}, {@code Part Two}, {@code XII}, {@code Epilogue} and
   * the like.
   *
   * @param line a paragraph of one line, stripped
   */
  static boolean matches(String line) {
    if (line.length() > MAX_LENGTH) {
      return false;
    }
    boolean sentence = line.endsWith(",") || line.endsWith(";");
    return !sentence
        && (named(line)
            || ALONE.matcher(line).matches()
            || ROMAN.matcher(line).matches()
            || NUMBER.matcher(line).matches());
  }

  /** The word alone begins many sentences: a heading has a capital or a numeral. */
  private static boolean named(String line) {
    return Character.isUpperCase(line.codePointAt(0)) && NAMED.matcher(line).matches();
  }
}

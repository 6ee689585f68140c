package dev.scriptorium.booktext;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.List;

/**
 * Guesses which of the old code pages a text is written in: decoded by the right one, nearly all
 * its characters beyond ASCII are letters of one language, and capitals stand at the begin of
 * words.
 */
final class CodePages {
  private static final Charset FALLBACK = Charset.forName("windows-1252");

  /** A score below this is chance. */
  private static final double LIKELY = 0.6;

  private static final String RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё";

  /** Alphabets beyond ASCII, the more common before those that they can be taken for. */
  private static final List<CodePage> PAGES =
      List.of(
          // Before the Cyrillic one, in which its letters are letters, too; the reverse is not so.
          script("windows-1255", "אבגדהוזחטיךכלםמןנסעףפץצקרשתְֱֲֳִֵֶַָֹֻּׁׂ"),
          script("windows-1251", RUSSIAN),
          script("KOI8-R", RUSSIAN),
          script("windows-1251", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
          script("windows-1251", "абвгдђежзијклљмнњопрстћуфхцчџш"),
          script("IBM866", RUSSIAN),
          alphabet("windows-1252", "äöüß"),
          alphabet("windows-1252", "éèêëàâçîïôûùœæ"),
          alphabet("windows-1252", "áéíóúüñ¡¿ºª"),
          alphabet("windows-1252", "áâãàçéêíóôõúü"),
          alphabet("windows-1252", "àèéìòù"),
          alphabet("windows-1252", "åäöæøé"),
          alphabet("windows-1252", "áéíóúýþæöð"),
          alphabet("windows-1252", "éëïèöü"),
          alphabet("windows-1250", "ąćęłńóśźż"),
          alphabet("windows-1250", "áčďéěíňóřšťúůýž"),
          alphabet("windows-1250", "áäčďéíĺľňóôŕšťúýž"),
          alphabet("windows-1250", "áéíóöőúüű"),
          alphabet("windows-1250", "ăâîşţ"),
          alphabet("windows-1250", "čćđšž"),
          alphabet("windows-1254", "çğıöşüiâîû"),
          script("windows-1253", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
          script("windows-1256", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ،؟؛ًٌٍَُِّْ"),
          new CodePage("windows-31j", false, CodePages::japanese),
          new CodePage("EUC-JP", false, CodePages::japanese),
          new CodePage("EUC-KR", false, (c, before) -> c >= 0xAC00 && c <= 0xD7A3 ? 1 : 0),
          new CodePage("GB18030", false, (c, before) -> chinese(c, "GB2312", 0xB0, 0xD7)),
          new CodePage("Big5", false, (c, before) -> chinese(c, "Big5", 0xA4, 0xC6)));

  private CodePages() {}

  /** The code page of a text, or of its begin, which may end within a character. */
  static Charset guess(byte[] bytes) {
    CodePage best = null;
    double highest = LIKELY;
    for (CodePage page : PAGES) {
      double score = score(bytes, page);
      if (score > highest) {
        highest = score;
        best = page;
      }
    }
    return best == null ? FALLBACK : Charset.forName(best.charset);
  }

  /**
   * Share of the characters beyond ASCII that are likely; 0 when there are bytes of no character.
   */
  private static double score(byte[] bytes, CodePage page) {
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    boolean wrong =
        Charset.forName(page.charset)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes), chars, false)
            .isError();
    if (wrong) {
      return 0;
    }
    chars.flip();
    double sum = 0;
    int count = 0;
    char before = ' ';
    for (int i = 0; i < chars.length(); i++) {
      char c = chars.charAt(i);
      boolean ascii = c <= 0x7F;
      if (!ascii && !isPunctuation(c)) {
        count++;
        sum += isLetter(before) && !page.latin ? 0 : page.likelihood.of(c, before);
      } else if (isLetter(c) && before > 0x7F && !isPunctuation(before) && !page.latin) {
        sum--;
      }
      before = c;
    }
    return count == 0 ? 0 : sum / count;
  }

  private static boolean isLetter(char ascii) {
    return (ascii >= 'a' && ascii <= 'z') || (ascii >= 'A' && ascii <= 'Z');
  }

  /** Signs that every language has, and that say nothing. */
  private static boolean isPunctuation(char c) {
    return (c >= 0x2010 && c <= 0x2044) || "\u00A0«»§°·№©®™€–—".indexOf(c) >= 0;
  }

  private static CodePage alphabet(String charset, String letters) {
    return new CodePage(charset, true, (c, before) -> inAlphabet(letters, c, before));
  }

  private static CodePage script(String charset, String letters) {
    return new CodePage(charset, false, (c, before) -> inAlphabet(letters, c, before));
  }

  /** A capital within a word is what small letters of another code page come out as. */
  private static double inAlphabet(String letters, char c, char before) {
    if (letters.indexOf(c) >= 0) {
      return 1;
    }
    boolean capital = letters.indexOf(Character.toLowerCase(c)) >= 0;
    return !capital ? 0 : Character.isLetter(before) ? 0.5 : 1;
  }

  private static double japanese(char c, char before) {
    if ((c >= 0x3001 && c <= 0x30FE) || c == 0xFF01 || c == 0xFF1F) {
      return 1;
    }
    return c >= 0x4E00 && c < 0xA000 ? 0.7 : 0;
  }

  /** The common characters stand first in both of the old Chinese sets. */
  private static double chinese(char c, String set, int firstLead, int lastLead) {
    if ("，。、？！：；“”‘’《》（）「」『』…—　".indexOf(c) >= 0) {
      return 1;
    }
    byte[] bytes = String.valueOf(c).getBytes(Charset.forName(set));
    int lead = bytes[0] & 0xFF;
    return bytes.length == 2 && lead >= firstLead && lead <= lastLead ? 0.99 : 0.2;
  }

  /** How well a character fits, 0 to 1. */
  private interface Likelihood {
    double of(char c, char before);
  }

  /**
   * A code page with what is to be expected in it.
   *
   * @param latin true when its words have letters of ASCII, too
   */
  private record CodePage(String charset, boolean latin, Likelihood likelihood) {}
}

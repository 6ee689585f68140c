package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.booktext.TextDecoding.Decoded;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecodingTest {
  @ParameterizedTest
  @CsvSource({
    "windows-1251, 'Что, Петр? не видать еще? спрашивал барин лет сорока с небольшим'",
    "KOI8-R, 'Что, Петр? не видать еще? спрашивал барин лет сорока с небольшим'",
    "IBM866, 'Что, Петр? не видать еще? спрашивал барин лет сорока с небольшим'",
    "windows-1251, 'Реве та стогне Дніпр широкий, сердитий вітер завива, додолу верби гне'",
    "windows-1252, 'Les élèves étaient là, très contents de l’été qui s’achève à Noël'",
    "windows-1252, 'Größe und Schönheit der Straße überraschten ihn, süß und äußerst zart'",
    "windows-1252, 'El niño corrió hacia su mamá; ¿dónde está el árbol? preguntó mañana'",
    "windows-1252, 'Não há coração que não tenha sua própria razão; então disse ele às irmãs'",
    "windows-1252, 'Blåbærsyltetøj på brødet, sagde den lille pige og så ud ad døren'",
    "windows-1250, 'Zażółć gęślą jaźń, powiedział książę i poszedł do łóżka śpiąc'",
    "windows-1250, 'Příliš žluťoučký kůň úpěl ďábelské ódy, řekl děda a šel domů'",
    "windows-1250, 'Árvíztűrő tükörfúrógép, mondta a fiú és elment az erdőbe sétálni'",
    "windows-1254, 'Şimdi güneş doğdu ve çocuklar bahçeye çıktılar, dedi yaşlı kadın'",
    "windows-1253, 'Ο ήλιος ανέτειλε πάνω από τη θάλασσα και τα παιδιά έτρεξαν έξω'",
    "windows-1255, 'בראשית ברא אלהים את השמים ואת הארץ והארץ היתה תהו ובהו'",
    "windows-1256, 'في البدء خلق الله السماوات والأرض وكانت الأرض خربة وخالية'",
    "Shift_JIS, '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。'",
    "EUC-JP, '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。'",
    "GB18030, '话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。'",
    "Big5, '話說天下大勢，分久必合，合久必分。周末七國分爭，並入於秦。'",
    "EUC-KR, '어느 날 아침 그는 눈을 떴다. 창밖에는 눈이 내리고 있었다.'",
  })
  void aTextInAnOldCodePageIsRead(String charset, String text) {
    String book = (text + "\n").repeat(20);

    assertThat(TextDecoding.decode(book.getBytes(Charset.forName(charset))).text()).isEqualTo(book);
  }

  @Test
  void aTextThatSaysItsEncodingIsNotGuessed() {
    String text = "\uFEFFЧто, Петр?";

    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE
        }) {
      Decoded decoded = TextDecoding.decode(text.getBytes(charset));
      assertThat(decoded.text()).isEqualTo("Что, Петр?");
      assertThat(decoded.guessed()).isFalse();
    }
  }

  @Test
  void aSampleThatEndsWithinACharacterIsRead() {
    byte[] text = "吾輩は猫である。".repeat(20_000).getBytes(Charset.forName("Shift_JIS"));
    byte[] shifted = Arrays.copyOf("x".getBytes(StandardCharsets.US_ASCII), text.length + 1);
    System.arraycopy(text, 0, shifted, 1, text.length);

    assertThat(TextDecoding.decode(shifted).text()).startsWith("x吾輩は猫である。");
  }

  @Test
  void utf8WithAFewDamagedBytesIsStillUtf8() {
    byte[] text = "Что, Петр? ".repeat(100).getBytes(StandardCharsets.UTF_8);
    text[7] = (byte) 0xFF;

    assertThat(TextDecoding.decode(text).text()).contains("Что, Петр? Что, Петр?");
  }
}

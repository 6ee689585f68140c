package dev.scriptorium.loadtest.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.ContentsEntry;
import dev.scriptorium.v1.Contributor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Real books, compared with what independent readers say of them. Skipped without the corpus. */
class CorpusIT {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final List<String> BOOKS =
      List.of(
          "epub/se_edwin-a-abbott_flatland.epub",
          "epub/se_h-g-wells_the-time-machine.epub",
          "epub/se_mary-shelley_frankenstein.epub",
          "epub/se_oscar-wilde_the-importance-of-being-earnest.epub",
          "epub/se_robert-louis-stevenson_treasure-island_milo-winter.epub",
          "epub/se_joseph-conrad_heart-of-darkness.epub",
          "epub/idpf_childrens-literature.epub",
          "epub/idpf_israelsailing.epub",
          "epub/idpf_kusamakura-preview.epub",
          "epub/idpf_wasteland-otf-obf.epub",
          "epub/idpf_regime-anticancer-arabic.epub",
          "epub/epubcheck_ocf-directory-empty-warning.epub",
          "epub/w3c_pkg-lang_but_not_content.epub",
          "pdf/gs_time-machine.pdf",
          "pdf/latex_heart-of-darkness_no-tounicode.pdf",
          "pdf/pypdf_GeoTopo-komprimiert.pdf",
          "pdf/weasy_three-men_footnotes.pdf",
          "pdf/weasy_flatland_twocolumn.pdf",
          "pdf/enc_aes128_owneronly.pdf",
          "pdf/pdfjs_basicapi.pdf");

  @Test
  void realBooksAreWhatIndependentReadersSayTheyAre() throws IOException {
    var corpus = Installation.find().corpus();
    assumeTrue(corpus.isPresent(), "corpus not present");
    Path folder = corpus.orElseThrow();
    Map<String, JsonObject> facts = facts(folder);
    SoftAssertions softly = new SoftAssertions();
    try (TestSystem system = TestSystem.start();
        Api api = system.api()) {
      Map<String, String> uploaded = new LinkedHashMap<>();
      for (String file : BOOKS) {
        uploaded.put(file, api.upload(folder.resolve(file)).getBook().getName());
      }
      for (var entry : uploaded.entrySet()) {
        Book book =
            api.awaitBook(
                entry.getValue(),
                BOUND,
                b ->
                    b.getState() == Book.State.STATE_ANALYZED
                        || b.getState() == Book.State.STATE_FAILED);
        softly
            .assertThat(book.getState())
            .as("%s: %s", entry.getKey(), book.getFailure())
            .isEqualTo(Book.State.STATE_ANALYZED);
        JsonObject expected = Objects.requireNonNull(facts.get(entry.getKey()), entry.getKey());
        if (entry.getKey().startsWith("epub/")) {
          compareEpub(softly, folder.resolve(entry.getKey()), book, api, expected);
        } else {
          comparePdf(softly, entry.getKey(), book, expected);
        }
      }
    }
    softly.assertAll();
  }

  private static void compareEpub(
      SoftAssertions softly, Path file, Book book, Api api, JsonObject facts) throws IOException {
    String name = file.getFileName().toString();
    softly
        .assertThat(book.getTitle())
        .as(name + " title")
        .isEqualTo(facts.get("title").getAsString());
    softly
        .assertThat(book.getContributorsList().stream().map(Contributor::getName))
        .as(name + " creators")
        .containsAll(strings(facts.getAsJsonArray("creators")));
    softly
        .assertThat(book.getLanguagesList())
        .as(name + " languages")
        .containsExactlyElementsOf(strings(facts.getAsJsonArray("languages")));
    softly
        .assertThat(api.chapters(book.getName()).stream().map(Chapter::getSource).distinct())
        .as(name + " spine")
        .containsExactlyElementsOf(EpubSpine.read(file));
    softly
        .assertThat(EpubSpine.read(file))
        .as(name + " spine items")
        .hasSize(facts.get("spine").getAsInt());
  }

  private static void comparePdf(SoftAssertions softly, String name, Book book, JsonObject facts) {
    softly
        .assertThat(book.getPageCount())
        .as(name + " pages")
        .isEqualTo(facts.get("pages").getAsInt());
    if (!facts.get("title").isJsonNull()) {
      softly
          .assertThat(book.getTitle())
          .as(name + " title")
          .isEqualTo(facts.get("title").getAsString());
    }
    if (!facts.get("author").isJsonNull()) {
      softly
          .assertThat(book.getContributorsList().stream().map(Contributor::getName))
          .as(name + " author")
          .contains(facts.get("author").getAsString());
    }
    if (facts.get("outline_entries").getAsInt() > 0) {
      List<String> outline = new ArrayList<>();
      for (JsonElement line : facts.getAsJsonArray("outline")) {
        outline.add(line.getAsJsonArray().get(1).getAsString().strip());
      }
      softly
          .assertThat(book.getContentsList().stream().map(ContentsEntry::getTitle))
          .as(name + " outline")
          .containsExactlyElementsOf(outline);
    }
  }

  private static List<String> strings(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }

  private static Map<String, JsonObject> facts(Path corpus) throws IOException {
    Map<String, JsonObject> facts = new LinkedHashMap<>();
    for (JsonElement file :
        JsonParser.parseString(Files.readString(corpus.resolve("manifest.json")))
            .getAsJsonArray()) {
      JsonObject object = file.getAsJsonObject();
      if (object.has("facts")) {
        JsonObject known = object.getAsJsonObject("facts");
        for (String optional : List.of("title", "author", "outline_entries")) {
          if (!known.has(optional)) {
            known.add(optional, JsonNull.INSTANCE);
          }
        }
        facts.put(object.get("file").getAsString(), known);
      }
    }
    return facts;
  }
}

package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a PDF may ask for beside being read is not done. */
class UntouchedTest {
  @TempDir Path folder;

  @Test
  void actionsFormsAttachmentsAndReferencesAreLeftAlone() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "BT (planted secret) Tj ET");
    AtomicInteger callers = new AtomicInteger();
    RecordedBook parsed;
    RecordedBook inspected;
    List<Path> before;
    Thread listener;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      listener = Thread.ofPlatform().daemon().start(() -> count(server, callers));
      Path file = book(secret, "http://127.0.0.1:" + server.getLocalPort() + "/x");
      before = outsideOfJobs();
      inspected = RecordedBook.inspect(file, folder);
      parsed = RecordedBook.parse(file, folder);
    }
    listener.join();

    assertThat(parsed.text()).isEqualTo("Nothing but words.");
    assertThat(everything(parsed) + everything(inspected)).doesNotContain("planted");
    assertThat(callers).hasValue(0);
    assertThat(outsideOfJobs()).isEqualTo(before);
    assertThat(Files.readString(secret)).contains("planted");
  }

  private static void count(ServerSocket server, AtomicInteger callers) {
    while (!server.isClosed()) {
      try (var caller = server.accept()) {
        assertThat(caller).isNotNull();
        callers.incrementAndGet();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static String everything(RecordedBook book) {
    return List.of(
            book.metadata, book.chapters, book.contents, book.notes, book.positions, book.warnings)
        .toString();
  }

  private List<Path> outsideOfJobs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("job"))
          .sorted()
          .toList();
    }
  }

  private Path book(Path secret, String address) throws IOException {
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(50, 200, "Nothing but words.");
      COSDictionary catalogue = pdf.document.getDocumentCatalog().getCOSObject();
      catalogue.setItem(COSName.OPEN_ACTION, action("JavaScript", "JS", "app.alert('planted')"));
      COSDictionary more = new COSDictionary();
      more.setItem(COSName.getPDFName("WC"), action("Launch", "F", "/bin/touch planted"));
      more.setItem(COSName.getPDFName("DP"), action("SubmitForm", "F", address));
      catalogue.setItem(COSName.AA, more);
      catalogue.setItem(COSName.NAMES, names(pdf));
      catalogue.setItem(COSName.ACRO_FORM, form(pdf, address));
      COSDictionary page = pdf.document.getPage(0).getCOSObject();
      page.setItem(COSName.ANNOTS, annotations(address));
      COSArray contents = new COSArray();
      contents.add(page.getDictionaryObject(COSName.CONTENTS));
      contents.add(external(pdf, secret.toString()));
      contents.add(external(pdf, address));
      page.setItem(COSName.CONTENTS, contents);
      return pdf.save(folder);
    }
  }

  private static COSDictionary action(String type, String key, String value) {
    COSDictionary action = new COSDictionary();
    action.setName(COSName.S, type);
    action.setString(COSName.getPDFName(key), value);
    return action;
  }

  /** Scripts by name, and an attachment. */
  private static COSDictionary names(PdfBook pdf) throws IOException {
    COSDictionary file = new COSDictionary();
    file.setString(COSName.F, "planted.txt");
    COSDictionary embedded = new COSDictionary();
    embedded.setItem(COSName.F, stream(pdf, "planted attachment"));
    file.setItem(COSName.EF, embedded);
    COSDictionary names = new COSDictionary();
    names.setItem(COSName.EMBEDDED_FILES, tree("planted.txt", file));
    names.setItem(COSName.JAVA_SCRIPT, tree("planted", action("JavaScript", "JS", "planted()")));
    return names;
  }

  private static COSDictionary tree(String name, COSDictionary value) {
    COSArray pairs = new COSArray();
    pairs.add(new COSString(name));
    pairs.add(value);
    COSDictionary tree = new COSDictionary();
    tree.setItem(COSName.NAMES, pairs);
    return tree;
  }

  /** A form in XML with entities that name a file and an address. */
  private static COSDictionary form(PdfBook pdf, String address) throws IOException {
    COSDictionary form = new COSDictionary();
    form.setItem(
        COSName.XFA,
        stream(
            pdf,
            "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM '%s'>]><x>planted &a;</x>"
                .formatted(address)));
    form.setItem(COSName.FIELDS, new COSArray());
    return form;
  }

  private static COSArray annotations(String address) {
    COSDictionary link = new COSDictionary();
    link.setName(COSName.TYPE, "Annot");
    link.setName(COSName.SUBTYPE, "Link");
    link.setItem(COSName.A, action("URI", "URI", address));
    COSDictionary remote = new COSDictionary();
    remote.setName(COSName.TYPE, "Annot");
    remote.setName(COSName.SUBTYPE, "Link");
    remote.setItem(COSName.A, action("GoToR", "F", address));
    COSArray annotations = new COSArray();
    annotations.add(link);
    annotations.add(remote);
    return annotations;
  }

  /** A content stream whose data are elsewhere. */
  private static COSStream external(PdfBook pdf, String place) throws IOException {
    COSStream stream = stream(pdf, " ");
    stream.setString(COSName.F, place);
    return stream;
  }

  private static COSStream stream(PdfBook pdf, String content) throws IOException {
    COSStream stream = pdf.document.getDocument().createCOSStream();
    try (var out = stream.createOutputStream()) {
      out.write(content.getBytes(StandardCharsets.US_ASCII));
    }
    return stream;
  }
}

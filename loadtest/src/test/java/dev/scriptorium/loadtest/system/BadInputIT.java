package dev.scriptorium.loadtest.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad file ends with a typed error that names it, and the next import works. */
class BadInputIT {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  @SuppressWarnings("NullAway.Init")
  private static TestSystem system;

  @SuppressWarnings("NullAway.Init")
  private static Api api;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @BeforeAll
  static void start() throws IOException {
    system = TestSystem.start("--runners", "1");
    api = system.api();
  }

  @AfterAll
  static void stop() throws IOException {
    api.close();
    system.close();
    assertThat(system.survivors()).isEmpty();
    assertThat(system.leftOvers()).isEmpty();
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    ErrorInfo error = refusal(Files.createFile(folder.resolve("nothing.epub")));

    assertThat(error.getReason()).isEqualTo("FILE_EMPTY");
    assertThat(error.getMetadataMap()).containsEntry("file", "nothing.epub");
    assertTheNextImportWorks();
  }

  @Test
  void aPictureNamedEpubIsRefusedByItsContent() throws IOException {
    Path file = folder.resolve("picture.epub");
    Files.write(file, Base64.getDecoder().decode(PNG));

    ErrorInfo error = refusal(file);

    assertThat(error.getReason()).isEqualTo("FORMAT_UNSUPPORTED");
    assertThat(error.getMetadataMap())
        .containsEntry("file", "picture.epub")
        .containsEntry("detected", "image/png");
    assertTheNextImportWorks();
  }

  @Test
  void aDeclaredSizeOfTwoGigabytesIsRefusedBeforeABodyIsRead() throws IOException {
    UploadHeader header =
        UploadHeader.newBuilder().setFileName("huge.epub").setSizeBytes(2L << 30).build();

    ErrorInfo error = refusal(header, novel("huge"));

    assertThat(error.getReason()).isEqualTo("FILE_TOO_LARGE");
    assertThat(error.getMetadataMap())
        .containsEntry("file", "huge.epub")
        .containsKey("limit_bytes");
    assertTheNextImportWorks();
  }

  @Test
  void aTruncatedZipMakesAFailedBook() throws IOException {
    Path whole = novel("truncated");
    Path file = folder.resolve("half.epub");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertFails(file, ErrorReason.ERROR_REASON_FILE_CORRUPT);
  }

  @Test
  void anEncryptedPdfMakesAFailedBook() throws IOException {
    Path file = folder.resolve("locked.pdf");
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      document.save(file.toFile());
    }

    assertFails(file, ErrorReason.ERROR_REASON_PASSWORD_REQUIRED);
  }

  @Test
  void aBookWithDrmMakesAFailedBook() throws IOException {
    Path file = folder.resolve("protected.epub");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      entry(zip, "mimetype", "application/epub+zip");
      entry(zip, "META-INF/container.xml", CONTAINER);
      entry(zip, "META-INF/rights.xml", "<rights xmlns='http://ns.adobe.com/adept'/>");
      entry(zip, "META-INF/encryption.xml", ENCRYPTION);
      entry(zip, "book.opf", PACKAGE);
      entry(zip, "c1.xhtml", "not to be read");
    }

    assertFails(file, ErrorReason.ERROR_REASON_DRM_PROTECTED);
  }

  private void assertFails(Path file, ErrorReason reason) throws IOException {
    String name = api.upload(file).getBook().getName();

    Book book = api.awaitBook(name, BOUND, b -> b.getState() == Book.State.STATE_FAILED);

    assertThat(book.getFailure().getReason()).isEqualTo(reason);
    assertThat(book.getFailure().getMessage()).contains(file.getFileName().toString());
    assertTheNextImportWorks();
  }

  private void assertTheNextImportWorks() throws IOException {
    int before = bookCount();
    String title = "After " + System.nanoTime();
    Book book = api.upload(novel(title)).getBook();
    Book done =
        api.awaitBook(book.getName(), BOUND, b -> b.getState() == Book.State.STATE_ANALYZED);
    assertThat(done.getTitle()).isEqualTo(title);
    assertThat(bookCount()).isEqualTo(before + 1);
  }

  private static int bookCount() {
    return api.catalog()
        .listBooks(ListBooksRequest.newBuilder().setPageSize(1000).build())
        .getBooksCount();
  }

  private Path novel(String title) throws IOException {
    return GeneratedBook.write(folder.resolve(title + ".epub"), title, 2, 300, title.hashCode());
  }

  private static ErrorInfo refusal(Path file) throws IOException {
    return refusal(
        UploadHeader.newBuilder().setFileName(file.getFileName().toString()).build(), file);
  }

  private static ErrorInfo refusal(UploadHeader header, Path file) throws IOException {
    int before = bookCount();
    StatusRuntimeException error =
        catchThrowableOfType(StatusRuntimeException.class, () -> api.upload(header, file));
    assertThat(error).as("the upload is refused").isNotNull();
    assertThat(bookCount()).isEqualTo(before);
    var status = Objects.requireNonNull(StatusProto.fromThrowable(error), "a rich status");
    assertThat(status.getDetailsCount()).isPositive();
    return status.getDetails(0).unpack(ErrorInfo.class);
  }

  private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static final String CONTAINER =
      """
      <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
        <rootfiles>
          <rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>
        </rootfiles>
      </container>
      """;

  private static final String ENCRYPTION =
      """
      <encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
          xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
        <enc:EncryptedData>
          <enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
          <enc:CipherData><enc:CipherReference URI="c1.xhtml"/></enc:CipherData>
        </enc:EncryptedData>
      </encryption>
      """;

  private static final String PACKAGE =
      """
      <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
          <dc:identifier id="id">urn:x</dc:identifier><dc:title>Locked</dc:title>
          <dc:language>en</dc:language>
        </metadata>
        <manifest><item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/></manifest>
        <spine><itemref idref="c1"/></spine>
      </package>
      """;
}

package dev.scriptorium.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PDFs object by object, so that they can be wrong. Objects count from 1. */
public final class RawPdf {
  public static final String HELLO = "BT /F1 12 Tf 72 700 Td (Hello reader) Tj ET";

  private final List<byte[]> objects = new ArrayList<>();

  /** Adds an object; gives its number. */
  public int add(String object) {
    objects.add(latin(object));
    return objects.size();
  }

  /** Adds a stream; gives its number. */
  int stream(String dictionary, byte[] data) {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(latin("<<%s /Length %d>>\nstream\n".formatted(dictionary, data.length)));
    object.writeBytes(data);
    object.writeBytes(latin("\nendstream"));
    objects.add(object.toByteArray());
    return objects.size();
  }

  public int stream(String dictionary, String data) {
    return stream(dictionary, latin(data));
  }

  /**
   * A document of one page. Objects 1 to 5 are font, contents, page, page tree and catalogue.
   *
   * @param resources more entries of the page's resources
   * @param page more entries of the page
   * @param catalogue more entries of the catalogue
   */
  public static RawPdf onePage(String contents, String resources, String page, String catalogue) {
    RawPdf pdf = new RawPdf();
    pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    pdf.stream("", contents);
    pdf.add(
        "<</Type/Page/Parent 4 0 R/MediaBox[0 0 612 792]/Contents 2 0 R"
            + "/Resources<</Font<</F1 1 0 R>>%s>>%s>>".formatted(resources, page));
    pdf.add("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    pdf.add("<</Type/Catalog/Pages 4 0 R%s>>".formatted(catalogue));
    return pdf;
  }

  /** The file; its root is the object of this number. */
  public byte[] bytes(int root) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(latin("%PDF-1.7\n"));
    StringBuilder table = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      table.append("%010d 00000 n \n".formatted(out.size()));
      out.writeBytes(latin((i + 1) + " 0 obj\n"));
      out.writeBytes(objects.get(i));
      out.writeBytes(latin("\nendobj\n"));
    }
    int start = out.size();
    int size = objects.size() + 1;
    out.writeBytes(latin("xref\n0 " + size + "\n" + table));
    out.writeBytes(latin("trailer\n<</Size %d/Root %d 0 R>>\n".formatted(size, root)));
    out.writeBytes(latin("startxref\n" + start + "\n%%EOF"));
    return out.toByteArray();
  }

  /**
   * The file with a cross-reference stream, in which the object with the next number lies in the
   * object stream that was added last.
   *
   * @param dictionary more entries of the stream
   */
  byte[] bytesWithObjectStream(int root, String dictionary) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    out.writeBytes(latin("%PDF-1.7\n"));
    row(table, 0, 0, 255);
    for (int i = 0; i < objects.size(); i++) {
      row(table, 1, out.size(), 0);
      out.writeBytes(latin((i + 1) + " 0 obj\n"));
      out.writeBytes(objects.get(i));
      out.writeBytes(latin("\nendobj\n"));
    }
    row(table, 2, objects.size(), 0);
    int own = objects.size() + 2;
    int start = out.size();
    row(table, 1, start, 0);
    out.writeBytes(
        latin(
            "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root %d 0 R/Length %d%s>>\nstream\n"
                .formatted(own, own + 1, root, table.size(), dictionary)));
    out.writeBytes(table.toByteArray());
    out.writeBytes(latin("\nendstream\nendobj\nstartxref\n" + start + "\n%%EOF"));
    return out.toByteArray();
  }

  private static void row(ByteArrayOutputStream table, int type, int place, int last) {
    table.write(type);
    for (int shift = 24; shift >= 0; shift -= 8) {
      table.write(place >> shift);
    }
    table.write(last);
  }

  /** Writes the file; its root is object 5. */
  Path in(Path folder) throws IOException {
    return Files.write(folder.resolve("book"), bytes(5));
  }

  /** Deflates as many bytes of a kind, without holding them. */
  static byte[] flate(byte of, long count) {
    try (Deflater deflater = new Deflater(9)) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] block = new byte[1 << 16];
      java.util.Arrays.fill(block, of);
      byte[] buffer = new byte[1 << 16];
      for (long done = 0; done < count; done += block.length) {
        deflater.setInput(block);
        while (!deflater.needsInput()) {
          packed.write(buffer, 0, deflater.deflate(buffer));
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    }
  }

  /** Deflates bytes. */
  static byte[] flate(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

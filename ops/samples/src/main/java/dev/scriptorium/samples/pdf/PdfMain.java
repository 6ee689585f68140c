package dev.scriptorium.samples.pdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sets one book: {@code PdfMain SOURCE-FOLDER OUTPUT-FILE}. */
public final class PdfMain {
  private PdfMain() {}

  /** Exits with 2 when called wrongly. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: PdfMain SOURCE-FOLDER OUTPUT-FILE");
      System.exit(2);
    }
    Path output = Path.of(args[1]).toAbsolutePath();
    Files.createDirectories(output.getParent());
    Files.write(output, new Typesetter(Manuscript.read(Path.of(args[0]))).typeset());
  }
}

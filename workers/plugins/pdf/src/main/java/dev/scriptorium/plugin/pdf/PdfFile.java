package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobFailure.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.ScratchFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open PDF. Not thread-safe.
 *
 * @param document what PDFBox knows of it
 * @param pages the pages that are read, at most the limit, in order
 * @param morePages true when the file has more
 */
record PdfFile(PDDocument document, List<PDPage> pages, boolean morePages) implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PdfFile.class);
  private static final Pattern HANDLER = Pattern.compile("No security handler for filter (\\S+)");
  private static final String CERTIFICATE_HANDLER = "Adobe.PubSec";

  private interface Loading {
    PDDocument load() throws IOException;
  }

  PdfFile {
    pages = List.copyOf(pages);
  }

  /**
   * Opens a file. The empty password is tried when it is encrypted: many books only restrict
   * printing and copying.
   *
   * @param scratch folder for what PDFBox keeps out of memory
   * @throws JobFailure when it cannot be read as a PDF, or not without a password or a right
   */
  static PdfFile open(Path path, Path scratch, PdfLimits limits) throws JobFailure, IOException {
    if (Files.size(path) == 0) {
      throw new JobFailure(Reason.FILE_EMPTY, "The file has no bytes.");
    }
    return open(
        () -> Loader.loadPDF(path.toFile(), "", () -> new ScratchFile(scratch.toFile())), limits);
  }

  /** Opens a small file that is in memory. */
  static PdfFile open(byte[] bytes, PdfLimits limits) throws JobFailure, IOException {
    return open(() -> Loader.loadPDF(bytes, ""), limits);
  }

  private static PdfFile open(Loading loading, PdfLimits limits) throws JobFailure, IOException {
    BoundedFilter.install();
    PDDocument document = load(loading);
    try {
      return withPages(document, limits);
    } catch (JobFailure | RuntimeException | StackOverflowError e) {
      document.close();
      throw e instanceof JobFailure failure ? failure : damaged(e);
    }
  }

  private static PDDocument load(Loading loading) throws JobFailure {
    try {
      return loading.load();
    } catch (InvalidPasswordException e) {
      throw new JobFailure(Reason.PASSWORD_REQUIRED, "The PDF needs a password to be opened.");
    } catch (IOException e) {
      throw refusal(e);
    } catch (NoClassDefFoundError e) {
      // PDFBox needs a cryptography library for certificates only; without a certificate of the
      // reader's it would be of no use.
      LOG.debug("missing class while opening", e);
      throw protectedBy(CERTIFICATE_HANDLER);
    } catch (RuntimeException | StackOverflowError e) {
      throw damaged(e);
    }
  }

  private static JobFailure refusal(IOException e) {
    Matcher handler = HANDLER.matcher(String.valueOf(e.getMessage()));
    if (handler.find()) {
      // Without a name it is no protection that anybody has made, but a damaged entry.
      return handler.group(1).equals("null") ? damaged(e) : protectedBy(handler.group(1));
    }
    return isCertificateRefusal(e) ? protectedBy(CERTIFICATE_HANDLER) : damaged(e);
  }

  private static boolean isCertificateRefusal(Throwable e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      if (frame.getClassName().endsWith(".PublicKeySecurityHandler")) {
        return true;
      }
    }
    return false;
  }

  private static JobFailure protectedBy(String handler) {
    return new JobFailure(
        Reason.DRM_PROTECTED, "The PDF is protected by the security handler " + handler + ".");
  }

  private static JobFailure damaged(Throwable cause) {
    LOG.debug("the PDF cannot be opened", cause);
    return new JobFailure(Reason.FILE_CORRUPT, "The PDF is damaged and cannot be opened.");
  }

  private static PdfFile withPages(PDDocument document, PdfLimits limits) throws JobFailure {
    List<PDPage> pages = new ArrayList<>();
    Iterator<PDPage> all = pages(document);
    while (all.hasNext() && pages.size() < limits.book().pages()) {
      pages.add(all.next());
    }
    if (pages.isEmpty()) {
      throw new JobFailure(Reason.FILE_CORRUPT, "The PDF has no pages.");
    }
    return new PdfFile(document, pages, all.hasNext());
  }

  /** PDFBox calls itself for each level of the tree, and shares what pages have in common. */
  private static Iterator<PDPage> pages(PDDocument document) {
    try {
      return document.getPages().iterator();
    } catch (StackOverflowError e) {
      LOG.debug("the page tree is deep", e);
      COSDictionary catalogue = document.getDocumentCatalog().getCOSObject();
      return new DeepPageTree(catalogue.getCOSDictionary(COSName.PAGES));
    }
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}

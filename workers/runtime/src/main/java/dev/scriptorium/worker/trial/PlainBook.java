package dev.scriptorium.worker.trial;

import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.files.JobDirectory;
import dev.scriptorium.worker.pack.HashedFile;
import dev.scriptorium.worker.pack.PackWriter;
import dev.scriptorium.worker.v1.ChapterContent;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;

/**
 * A text file as a book of one chapter whose text is the file's content, unchanged: so that offsets
 * in labelled data hold.
 *
 * @param file UTF-8
 */
record PlainBook(Path file) {
  /** Writes the pack and the result that a parser would write. */
  TrialResult pack(JobDirectory directory) throws TrialException, IOException {
    Path path = directory.path().resolve(JobDirectory.PACK);
    ResultItem item;
    try (PackWriter pack = new PackWriter(path)) {
      item = chapter(pack, text());
      pack.addIndexItem(item);
      pack.finish();
    }
    Path result = directory.path().resolve(JobDirectory.RESULT);
    try (var out = Files.newOutputStream(result)) {
      item.writeDelimitedTo(out);
    }
    return new TrialResult(result, path, true, false, TrialStats.NONE);
  }

  private String text() throws TrialException, IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new TrialException(
          Failure.newBuilder()
              .setReason(ErrorReason.ERROR_REASON_FORMAT_UNSUPPORTED)
              .setMessage(file.getFileName() + ": a plain text must be UTF-8")
              .build(),
          e.toString());
    }
  }

  private static ResultItem chapter(PackWriter pack, String text) throws IOException {
    ChapterContent content = ChapterContent.newBuilder().setText(text).build();
    return ResultItem.newBuilder()
        .setChapter(
            ChapterResult.newBuilder()
                .setOrdinal(1)
                .setLinear(true)
                .setWordCount(new StringTokenizer(text).countTokens())
                .setCodePoints(text.codePointCount(0, text.length()))
                .setSha256(HashedFile.sha256Hex(content.toByteArray()))
                .setContent(pack.addChapter(content)))
        .build();
  }
}

package dev.scriptorium.booktext;

import dev.scriptorium.plugin.JobFailure;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A ZIP archive read by random access. Names are keys of a map and never become paths of files;
 * bytes are counted as they are inflated, so that no declared size is believed. One thread.
 */
public final class BookArchive implements Closeable {
  /** Markup is seldom packed closer. */
  private static final int USUAL_RATIO = 20;

  private static final int SMALL = 8 << 10;

  private final Limits limits;
  private final ZipFile zip;
  private final long maxUnpacked;
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> folded = new HashMap<>();
  private final Set<String> duplicates = new HashSet<>();
  private final Set<String> misdeclared = new LinkedHashSet<>();
  private long unpacked;

  private BookArchive(ZipFile zip, long fileBytes, Limits limits) {
    this.zip = zip;
    this.limits = limits;
    // Entries may overlap, so that each is in proportion and their sum is not.
    long inProportion = Math.max(limits.bookRatioFloorBytes(), fileBytes * limits.ratio());
    this.maxUnpacked = Math.min(limits.unpackedBytes(), inProportion);
  }

  /**
   * Opens an archive and reads its directory.
   *
   * @throws JobFailure when the file is empty, no archive, damaged, encrypted or has too many
   *     entries
   */
  public static BookArchive open(Path file, Limits limits) throws JobFailure, IOException {
    if (Files.size(file) == 0) {
      throw new JobFailure(JobFailure.Reason.FILE_EMPTY, "The file has no bytes");
    }
    if (!hasZipSignature(file)) {
      throw new JobFailure(
          JobFailure.Reason.FORMAT_UNSUPPORTED, "The content is not that of a ZIP archive");
    }
    ZipFile zip = openZip(file);
    try {
      BookArchive archive = new BookArchive(zip, Files.size(file), limits);
      archive.readDirectory();
      return archive;
    } catch (LimitReached e) {
      zip.close();
      throw e.toFailure();
    }
  }

  private static ZipFile openZip(Path file) throws JobFailure, IOException {
    try {
      return new ZipFile(file.toFile(), ZipFile.OPEN_READ, StandardCharsets.UTF_8);
    } catch (ZipException | EOFException e) {
      // The second comes from an end that says it has a longer comment than the file has bytes.
      String message = Objects.requireNonNullElse(e.getMessage(), "it ends too early");
      if (message.toLowerCase(Locale.ROOT).contains("encrypted")) {
        throw new JobFailure(
            JobFailure.Reason.PASSWORD_REQUIRED, "The archive is encrypted with a password");
      }
      throw new JobFailure(
          JobFailure.Reason.FILE_CORRUPT, "The ZIP archive is damaged: " + message);
    }
  }

  private static boolean hasZipSignature(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(4);
      return start.length == 4 && start[0] == 'P' && start[1] == 'K';
    }
  }

  private void readDirectory() throws LimitReached {
    if (zip.size() > limits.archiveEntries()) {
      throw new LimitReached("archive_entries=" + limits.archiveEntries(), "the archive");
    }
    zip.stream()
        .filter(entry -> !entry.isDirectory())
        .forEach(
            entry -> {
              if (!names.add(entry.getName())) {
                duplicates.add(entry.getName());
              }
            });
  }

  /** Names of all entries that are no directories. */
  public Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  /** Names that stand more than once in the directory; one of the entries is used. */
  public Set<String> duplicates() {
    return Collections.unmodifiableSet(duplicates);
  }

  /** Names of entries that were read and had another size than the directory says. */
  public Set<String> misdeclared() {
    return Collections.unmodifiableSet(misdeclared);
  }

  /** True when there is such an entry; see {@link #read} for what counts as the same name. */
  public boolean has(String name) {
    return find(name) != null;
  }

  /** The entry of this name, else the only one that differs in case or Unicode form alone. */
  private @Nullable String find(String name) {
    if (names.contains(name)) {
      return name;
    }
    if (folded.isEmpty()) {
      // An empty name stands for several: which one was meant cannot be told.
      names.forEach(known -> folded.merge(fold(known), known, (first, second) -> ""));
    }
    String alike = folded.get(fold(name));
    return alike == null || alike.isEmpty() ? null : alike;
  }

  private static String fold(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /**
   * The bytes of an entry. When no name is exactly this, one that differs in case or Unicode form
   * alone counts as the same: some tools write names so.
   *
   * @param maxBytes at least 1
   * @return nothing when there is no such entry
   * @throws LimitReached when it is larger, or inflates out of proportion
   * @throws ZipException when it is damaged
   */
  public Optional<byte[]> read(String name, int maxBytes) throws IOException {
    String found = find(name);
    if (found == null) {
      return Optional.empty();
    }
    ZipEntry entry = entry(found);
    try (InputStream in = stream(entry, name, maxBytes)) {
      byte[] bytes = readAll(in, expected(entry, maxBytes));
      if (bytes.length != entry.getSize()) {
        misdeclared.add(name);
      }
      return Optional.of(bytes);
    }
  }

  /**
   * The first bytes of an entry, as many as there are.
   *
   * @param count at least 1
   * @return nothing when there is no such entry
   * @throws ZipException when it is damaged
   */
  public Optional<byte[]> head(String name, int count) throws IOException {
    String found = find(name);
    if (found == null) {
      return Optional.empty();
    }
    try (InputStream in = stream(entry(found), name, Integer.MAX_VALUE)) {
      return Optional.of(in.readNBytes(count));
    }
  }

  /** What the directory says of the size, as far as so few bytes may well hold it. */
  private static int expected(ZipEntry entry, int maxBytes) {
    long likely = Math.max(0, entry.getCompressedSize()) * USUAL_RATIO + SMALL;
    return (int) Math.clamp(entry.getSize(), 0, Math.min(likely, maxBytes));
  }

  /** In one piece when the expectation is right: the bytes are not copied then. */
  private static byte[] readAll(InputStream in, int expected) throws IOException {
    byte[] bytes = new byte[expected];
    int length = in.readNBytes(bytes, 0, expected);
    int next = length < expected ? -1 : in.read();
    while (next >= 0) {
      bytes = Arrays.copyOf(bytes, Math.addExact(length, Math.max(length, SMALL)));
      bytes[length++] = (byte) next;
      length += in.readNBytes(bytes, length, bytes.length - length);
      next = length < bytes.length ? -1 : in.read();
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /**
   * A stream over an entry, limited like {@link #read}.
   *
   * @throws ZipException when there is no such entry, or it is damaged
   */
  public InputStream stream(String name, int maxBytes) throws IOException {
    String found = find(name);
    if (found == null) {
      throw new ZipException("no entry " + name);
    }
    return stream(entry(found), name, maxBytes);
  }

  private ZipEntry entry(String found) throws ZipException {
    @Nullable ZipEntry entry = zip.getEntry(found);
    if (entry == null) {
      throw new ZipException("no entry " + found);
    }
    return entry;
  }

  private InputStream stream(ZipEntry entry, String name, int maxBytes) throws IOException {
    @Nullable InputStream in = zip.getInputStream(entry);
    if (in == null) {
      throw new ZipException("no entry " + name);
    }
    long compressed = Math.max(1, entry.getCompressedSize());
    long byRatio = Math.max(limits.ratioFloorBytes(), compressed * limits.ratio());
    String place = "entry " + name;
    InputStream proportionate =
        new BoundedInput(in, byRatio, "ratio of " + limits.ratio() + ", bytes", place);
    InputStream counted = new BookCounter(proportionate, place);
    return new BoundedInput(counted, maxBytes, "entry_bytes", place);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Adds what comes out of an entry to what came out of all. */
  private final class BookCounter extends FilterInputStream {
    private final String place;

    BookCounter(InputStream in, String place) {
      super(in);
      this.place = place;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = inflate(bytes, offset, length);
      add(Math.max(0, read));
      return read;
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (EOFException e) {
        ZipException damaged = new ZipException(place + " ends too early");
        damaged.initCause(e);
        throw damaged;
      }
    }

    private void add(int bytes) throws LimitReached {
      unpacked += bytes;
      if (unpacked > maxUnpacked) {
        throw new LimitReached("unpacked_bytes=" + maxUnpacked, place);
      }
    }
  }
}

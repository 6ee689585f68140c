package dev.scriptorium.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.v1.ErrorReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Where the next page of a list begins. Opaque to callers, and bound to the request it was made
 * for, so that a token of one list cannot page through another.
 *
 * @param parts the sort key of the last item, for example its instant and id; at most 10
 */
public record PageToken(List<String> parts) {
  private static final int VERSION = 1;
  private static final int HASH_BYTES = 8;
  private static final int MAX_PARTS = 10;
  private static final int MAX_TOKEN_LENGTH = 4096;

  /** Copies the list. */
  public PageToken {
    parts = List.copyOf(parts);
    if (parts.size() > MAX_PARTS) {
      throw new IllegalArgumentException(parts.size() + " parts are more than " + MAX_PARTS);
    }
  }

  /** A token with these parts. */
  public static PageToken of(String... parts) {
    return new PageToken(List.of(parts));
  }

  /**
   * Reads a token.
   *
   * @param token as sent by the caller, not empty
   * @param request describes the list: method, caller, filter and order, but not the page's size
   * @throws ApiException PAGE_TOKEN_INVALID when it is damaged or of another request
   */
  public static PageToken decode(String token, String request) {
    if (token.length() > MAX_TOKEN_LENGTH) {
      throw invalid();
    }
    try {
      return read(Base64.getUrlDecoder().decode(token), request);
    } catch (IllegalArgumentException | IOException e) {
      throw invalid();
    }
  }

  /** Writes the token for a request; see {@link #decode}. */
  public String encode(String request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.write(hash(request));
      out.writeByte(parts.size());
      for (String part : parts) {
        out.writeUTF(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * One part as text.
   *
   * @throws ApiException PAGE_TOKEN_INVALID when there is none
   */
  public String text(int index) {
    if (index >= parts.size()) {
      throw invalid();
    }
    return parts.get(index);
  }

  /**
   * One part as a number.
   *
   * @throws ApiException PAGE_TOKEN_INVALID when it is none
   */
  public long number(int index) {
    try {
      return Long.parseLong(text(index));
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  /**
   * One part as an id.
   *
   * @throws ApiException PAGE_TOKEN_INVALID when it is none
   */
  public UUID id(int index) {
    try {
      return UUID.fromString(text(index));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static PageToken read(byte[] bytes, String request) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION || !Arrays.equals(in.readNBytes(HASH_BYTES), hash(request))) {
        throw invalid();
      }
      int count = in.readUnsignedByte();
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        parts.add(in.readUTF());
      }
      if (in.read() >= 0) {
        throw invalid();
      }
      return new PageToken(parts);
    }
  }

  private static byte[] hash(String request) {
    return Arrays.copyOf(Sha256.digest().digest(request.getBytes(UTF_8)), HASH_BYTES);
  }

  private static ApiException invalid() {
    return new ApiException(
        ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
        "the page token is damaged or belongs to another request; start again without it",
        Map.of());
  }
}

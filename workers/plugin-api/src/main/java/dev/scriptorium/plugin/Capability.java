package dev.scriptorium.plugin;

/**
 * A kind of job for a media type.
 *
 * @param kind one of {@link JobKinds} or a kind of the plugin's own
 * @param mediaType for example {@code application/pdf}; {@code *} for any
 */
public record Capability(String kind, String mediaType) {
  // Written out, as hashCode: each JVM makes those of records anew, and every runner starts here.
  @Override
  public boolean equals(Object other) {
    return other instanceof Capability that
        && kind.equals(that.kind)
        && mediaType.equals(that.mediaType);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + mediaType.hashCode();
  }
}

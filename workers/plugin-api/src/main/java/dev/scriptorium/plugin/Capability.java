package dev.scriptorium.plugin;

/**
 * A kind of job for a media type.
 *
 * @param kind one of {@link JobKinds} or a kind of the plugin's own
 * @param mediaType for example {@code application/pdf}; {@code *} for any
 */
public record Capability(String kind, String mediaType) {}

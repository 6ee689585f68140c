package dev.scriptorium.server.jobs;

import org.jspecify.annotations.Nullable;

/**
 * What the jobs of a book may read. Results of jobs are no part of it: the queue knows those
 * itself.
 *
 * @param fileName as uploaded, for messages; never a path
 * @param language the book's main language, a BCP 47 tag; empty when unknown
 * @param file the uploaded file
 * @param pack the book's pack; null before it is parsed
 */
public record BookInputs(
    String fileName, String language, StoredBlob file, @Nullable StoredBlob pack) {}

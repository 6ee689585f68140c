/**
 * Fuzz targets, one a format. Jazzer runs them guided by coverage (profile {@code fuzz}); {@link
 * dev.scriptorium.hostile.fuzz.FuzzReplayTest} runs their seeds, damaged by chance, in every build.
 */
@NullMarked
package dev.scriptorium.hostile.fuzz;

import org.jspecify.annotations.NullMarked;

/**
 * What whole novels do to an installation: memory of the runner that analyzes them. Everything is
 * driven over the public API.
 */
@NullMarked
package dev.scriptorium.loadtest.novels;

import org.jspecify.annotations.NullMarked;

/**
 * A small server in memory that speaks the API: books import themselves, and faults can be asked
 * for.
 */
@NullMarked
package dev.scriptorium.fake;

import org.jspecify.annotations.NullMarked;

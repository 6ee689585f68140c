/** Hostile clients, and what others notice of them. */
@NullMarked
package dev.scriptorium.loadtest.abuse;

import org.jspecify.annotations.NullMarked;

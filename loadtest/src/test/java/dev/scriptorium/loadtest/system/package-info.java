/** The whole system under test, as processes. */
@NullMarked
package dev.scriptorium.loadtest.system;

import org.jspecify.annotations.NullMarked;

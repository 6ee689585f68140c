@NullMarked
package dev.scriptorium.loadtest.fleet;

import org.jspecify.annotations.NullMarked;

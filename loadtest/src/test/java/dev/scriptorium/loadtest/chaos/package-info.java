@NullMarked
package dev.scriptorium.loadtest.chaos;

import org.jspecify.annotations.NullMarked;

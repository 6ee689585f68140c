@NullMarked
package dev.scriptorium.loadtest.simulate;

import org.jspecify.annotations.NullMarked;

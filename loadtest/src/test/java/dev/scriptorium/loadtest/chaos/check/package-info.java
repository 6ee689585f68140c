@NullMarked
package dev.scriptorium.loadtest.chaos.check;

import org.jspecify.annotations.NullMarked;

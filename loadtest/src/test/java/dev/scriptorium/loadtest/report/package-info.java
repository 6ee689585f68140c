@NullMarked
package dev.scriptorium.loadtest.report;

import org.jspecify.annotations.NullMarked;

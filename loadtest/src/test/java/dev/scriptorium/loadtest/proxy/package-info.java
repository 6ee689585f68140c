@NullMarked
package dev.scriptorium.loadtest.proxy;

import org.jspecify.annotations.NullMarked;

/** JMH benchmarks. Each states what it measures beside a floor measured in the same run. */
@NullMarked
package dev.scriptorium.loadtest.bench;

import org.jspecify.annotations.NullMarked;

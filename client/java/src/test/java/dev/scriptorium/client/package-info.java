/** Tests of the client library against a server of our own in this process. */
@NullMarked
package dev.scriptorium.client;

import org.jspecify.annotations.NullMarked;

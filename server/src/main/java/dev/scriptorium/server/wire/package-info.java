/**
 * What every gRPC service shares: who calls, errors, page tokens, interceptors. Knows no feature.
 */
@NullMarked
package dev.scriptorium.server.wire;

import org.jspecify.annotations.NullMarked;

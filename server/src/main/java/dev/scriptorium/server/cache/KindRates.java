package dev.scriptorium.server.cache;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.server.cache.Cache.Rates;

/** Counts where messages of one kind were found. Thread-safe. */
final class KindRates {
  private final Meter memory;
  private final Meter redis;
  private final Meter loaded;

  KindRates(MetricRegistry metrics, String kind) {
    this.memory = metrics.meter("cache.l1.hits." + kind);
    this.redis = metrics.meter("cache.l2.hits." + kind);
    this.loaded = metrics.meter("cache.misses." + kind);
  }

  void memory() {
    memory.mark();
  }

  void redis() {
    redis.mark();
  }

  void loaded() {
    loaded.mark();
  }

  Rates counts() {
    return new Rates(memory.getCount(), redis.getCount(), loaded.getCount());
  }
}

package dev.scriptorium.plugin;

import java.io.IOException;
import java.io.Serial;
import java.util.regex.Pattern;

/**
 * Not the job is to blame but something it needs: a service, a device, a model that is not there
 * now. Such a failure costs the job no attempt; when it repeats, jobs of this kind wait until the
 * dependency is back.
 */
public final class DependencyFailure extends IOException {
  @Serial private static final long serialVersionUID = 1L;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

  private final String dependency;

  /**
   * @param dependency its name, the same for all that need it: 1 to 50 lower-case letters, digits
   *     and hyphens, for example {@code image-model}
   * @param message one sentence that names the cause
   */
  public DependencyFailure(String dependency, String message) {
    super(message);
    if (!NAME.matcher(dependency).matches()) {
      throw new IllegalArgumentException(
          "dependency '" + dependency + "': 1 to 50 lower-case letters, digits and hyphens");
    }
    this.dependency = dependency;
  }

  /** Name of what is to blame. */
  public String dependency() {
    return dependency;
  }
}

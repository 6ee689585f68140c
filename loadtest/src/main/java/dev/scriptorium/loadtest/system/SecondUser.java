package dev.scriptorium.loadtest.system;

import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.Preset;
import dev.scriptorium.v1.Role;
import dev.scriptorium.v1.User;

/** A user beside the one that a server begins with. */
public final class SecondUser {
  private SecondUser() {}

  /** Makes the user as an operator; a key of the new one. */
  public static String create(Api operator, Role role, Preset key) {
    User user = User.newBuilder().setDisplayName("second user").setRole(role).build();
    String name =
        operator
            .identity()
            .createUser(CreateUserRequest.newBuilder().setUser(user).build())
            .getName();
    return operator
        .identity()
        .createKey(
            CreateKeyRequest.newBuilder()
                .setParent(name)
                .setLabel("load test")
                .setPreset(key)
                .build())
        .getSecret();
  }
}

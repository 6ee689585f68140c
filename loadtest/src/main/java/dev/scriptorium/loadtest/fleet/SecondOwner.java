package dev.scriptorium.loadtest.fleet;

import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.Preset;
import dev.scriptorium.v1.Role;
import dev.scriptorium.v1.User;

/** Another user, who may submit jobs too. */
final class SecondOwner {
  private SecondOwner() {}

  /** Makes the user as an operator; a key of the new one. */
  static String create(Api operator) {
    User user =
        User.newBuilder().setDisplayName("second owner").setRole(Role.ROLE_OPERATOR).build();
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
                .setPreset(Preset.PRESET_OPERATION)
                .build())
        .getSecret();
  }
}

package io.keywane.config;

import io.keywane.engine.VaultSettings;
import io.keywane.engine.VaultSettings.Login;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads a store of the type {@code vault}. */
final class VaultReader {
    private VaultReader() {}

    static Field<VaultSettings> read(YamlSection section) {
        Field<URI> address = section.text("address", VaultReader::address).required();
        Field<Optional<String>> namespace = section.text("namespace").optional();
        Field<String> mount = section.text("mount").or("secret");
        Field<Optional<Path>> caFile = section.path("ca_file").optional();
        Field<Duration> timeout = section.duration("timeout").or(Duration.ofSeconds(5));
        Field<Duration> refresh = section.duration("refresh").or(Duration.ofSeconds(10));
        Field<Login> login = login(section, section.requiredSection("login"));
        return section.build(() -> new VaultSettings(address.get(), namespace.get(), mount.get(), caFile.get(),
                timeout.get(), refresh.get(), login.get()));
    }

    private static Field<Login> login(YamlSection store, YamlSection section) {
        Field<Path> token = SecretFile.optional(section, "token", "token");
        YamlSection role = section.section("app_role");
        Field<String> mount = role.text("mount").or("approle");
        boolean hasRole = section.has("app_role");
        Field<Path> roleId = place(role, "role_id", "role id", hasRole);
        Field<Path> secretId = place(role, "secret_id", "secret id", hasRole);
        Field<Login> read = section.build(() -> {
            Login roleLogin = hasRole
                    ? role.<Login>build(() -> new Login.AppRole(mount.get(), roleId.get(), secretId.get())).get()
                    : new Login.TokenFile(token.get());
            return roleLogin;
        });
        if (store.has("login") && hasRole == !token.isAbsent()) {
            return store.reject("login", hasRole ? "has both token and app_role" : "names no way to log in",
                    "give one of token and app_role");
        }
        return read;
    }

    private static Field<Path> place(YamlSection role, String name, String noun, boolean required) {
        return required ? SecretFile.required(role, name, noun) : SecretFile.optional(role, name, noun);
    }

    private static URI address(String text) {
        return Urls.of(text, "https://vault.example.com:8200");
    }
}

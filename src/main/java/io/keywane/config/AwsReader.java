package io.keywane.config;

import io.keywane.engine.AwsSettings;
import io.keywane.engine.AwsSettings.Credentials;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads a store of the type {@code aws}. */
final class AwsReader {
    private AwsReader() {}

    static Field<AwsSettings> read(YamlSection section) {
        Field<String> region = section.text("region").required();
        Field<Optional<URI>> endpoint = section.text("endpoint", AwsReader::url).optional();
        Field<Duration> timeout = section.duration("timeout").or(Duration.ofSeconds(5));
        Field<Duration> refresh = section.duration("refresh").or(Duration.ofSeconds(30));
        Field<Credentials> credentials = credentials(section, section.section("credentials"));
        return section.build(() -> new AwsSettings(region.get(), endpoint.get(), credentials.get(), timeout.get(),
                refresh.get()));
    }

    private static Field<Credentials> credentials(YamlSection store, YamlSection section) {
        Field<Credentials> profile = profile(section, section.section("profile"));
        Field<Credentials> identity = webIdentity(section, section.section("web_identity"));
        Field<Credentials> read = section.build(() -> {
            Credentials first = profile.get();
            return section.has("profile") ? first : identity.get();
        });
        if (section.has("profile") && section.has("web_identity")) {
            return store.reject("credentials", "has both profile and web_identity", "keep one of them");
        }
        return read;
    }

    private static Field<Credentials> profile(YamlSection credentials, YamlSection section) {
        Field<String> name = section.text("name").or("default");
        Field<Optional<Path>> file = section.path("file").optional();
        return credentials.has("profile")
                ? section.build(() -> new Credentials.Profile(name.get(), file.get()))
                : Field.of(new Credentials.Chain());
    }

    private static Field<Credentials> webIdentity(YamlSection credentials, YamlSection section) {
        Field<String> role = section.text("role");
        boolean given = credentials.has("web_identity");
        Field<Path> token = given
                ? SecretFile.required(section, "token", "token")
                : SecretFile.optional(section, "token", "token");
        Field<Optional<URI>> endpoint = section.text("endpoint", AwsReader::url).optional();
        if (!given) {
            return Field.of(new Credentials.Chain());
        }
        Field<String> givenRole = role.required();
        return section.build(() -> new Credentials.WebIdentity(givenRole.get(), token.get(), endpoint.get()));
    }

    private static URI url(String text) {
        return Urls.of(text, "https://secretsmanager.eu-central-1.amazonaws.com");
    }
}

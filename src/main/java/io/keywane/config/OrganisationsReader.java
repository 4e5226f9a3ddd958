package io.keywane.config;

import io.keywane.engine.Settings.OrganisationSettings;
import io.keywane.key.OrganisationName;

import java.util.Map;

/** Reads {@code organisations}: at least one. */
final class OrganisationsReader {
    private static final long CREDITS_LOW = 500;

    private OrganisationsReader() {}

    static Field<Map<OrganisationName, OrganisationSettings>> read(YamlSection root) {
        Field<Map<OrganisationName, OrganisationSettings>> read = root
                .entries("organisations", OrganisationName::new, OrganisationsReader::organisation).required();
        if (read.isPresent() && read.get().isEmpty()) {
            return root.reject("organisations", "names no organisation", "add at least one, as in \"acme: {}\"");
        }
        return read;
    }

    private static Field<OrganisationSettings> organisation(OrganisationName name, YamlSection section) {
        Field<Long> creditsLow = section.integer("credits_low").or(CREDITS_LOW);
        return section.build(() -> new OrganisationSettings(name, creditsLow.get()));
    }
}

package io.keywane.config;

import io.keywane.engine.CalibrationSettings;
import io.keywane.engine.IntakeSettings;
import io.keywane.engine.KeySettings;
import io.keywane.engine.KeySettings.PublishSettings;
import io.keywane.engine.KeySettings.TellSettings;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.engine.StoreSettings;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.RotationPolicy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code keys}: at least one; each names an organisation of the file, and no two publish to one file. */
final class KeysReader {
    private static final Duration TELL_TIMEOUT = Duration.ofSeconds(30);

    private final Set<String> organisations;
    private final Field<RotationPolicy> defaults;
    private final Map<String, KeyName> publishers = new HashMap<>();
    private final StorePlaces places;
    private final Field<CalibrationSettings> calibration;

    private KeysReader(Set<String> organisations, StorePlaces places, Field<RotationPolicy> defaults,
            Field<CalibrationSettings> calibration) {
        this.calibration = calibration;
        this.organisations = organisations;
        this.places = places;
        this.defaults = defaults;
    }

    /**
     * Reads the keys.
     *
     * @param defaults the policy of keys that do not say otherwise
     * @param calibration the calibration of keys that do not say otherwise
     * @param stores the stores of the file
     */
    static Field<Map<KeyName, KeySettings>> read(YamlSection root, Field<RotationPolicy> defaults,
            Field<CalibrationSettings> calibration, Field<Map<StoreName, StoreSettings>> stores) {
        Set<String> organisations = root.section("organisations").names();
        KeysReader reader = new KeysReader(organisations, new StorePlaces(root.section("stores").names(), stores),
                defaults, calibration);
        Field<Map<KeyName, KeySettings>> read = root.entries("keys", KeyName::new, reader::key).required();
        if (read.isPresent() && read.get().isEmpty()) {
            return root.reject("keys", "names no key", "add at least one");
        }
        return read;
    }

    private Field<KeySettings> key(KeyName name, YamlSection section) {
        Field<OrganisationName> organisation = section.text("organisation", this::organisation).required();
        Field<String> owner = section.text("owner").required();
        Field<String> environment = section.text("environment").or("live");
        Field<RotationPolicy> rotation = RotationReader.read(section.section("rotation"),
                defaults.isPresent() ? defaults.get() : RotationReader.DEFAULTS);
        Field<Optional<PublishSettings>> publish = publish(name, section);
        Field<Optional<StoreReference>> store = places.read(name, section);
        Field<CalibrationSettings> measured = CalibrationReader.read(section.section("calibration"),
                calibration.isPresent() ? calibration.get() : CalibrationSettings.DEFAULT);
        Field<Optional<IntakeSettings>> intake = IntakeReader.read(section,
                below -> places.candidate(name, below, store));
        return section.build(() -> new KeySettings(name, organisation.get(), owner.get(), environment.get(),
                rotation.get(), publish.get(), store.get(), measured.get(), intake.get()));
    }

    private OrganisationName organisation(String name) {
        if (!organisations.contains(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not among the organisations; "
                    + Spelling.suggestion(name, organisations));
        }
        return new OrganisationName(name);
    }

    private Field<Optional<PublishSettings>> publish(KeyName name, YamlSection key) {
        YamlSection section = key.section("publish");
        Field<String> file = section.text("file");
        Field<Optional<String>> variable = section.text("variable").optional();
        Field<Optional<String>> group = section.text("group", Groups::check).optional();
        Field<Optional<TellSettings>> tell = tell(section);
        if (!key.has("publish")) {
            return Field.of(Optional.empty());
        }
        Field<String> required = file.required();
        Field<PublishSettings> read = section
                .build(() -> new PublishSettings(required.get(), variable.get(), group.get(), tell.get()));
        KeyName other = read.isPresent() ? publishers.putIfAbsent(read.get().file(), name) : null;
        if (other != null) {
            return section.reject("file", "is the file of key " + other + " as well",
                    "give each key a file of its own");
        }
        return read.map(Optional::of);
    }

    private static Field<Optional<TellSettings>> tell(YamlSection publish) {
        YamlSection section = publish.section("tell");
        Field<List<String>> command = section.texts("command", text -> text);
        Field<Duration> timeout = section.duration("timeout").or(TELL_TIMEOUT);
        if (!publish.has("tell")) {
            return Field.of(Optional.empty());
        }
        Field<List<String>> required = command.required();
        return section.build(() -> Optional.of(new TellSettings(required.get(), timeout.get())));
    }
}

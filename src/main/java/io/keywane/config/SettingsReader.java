package io.keywane.config;

import io.keywane.engine.AlertSettings;
import io.keywane.engine.CalibrationSettings;
import io.keywane.engine.KeySettings;
import io.keywane.engine.ProbingSettings;
import io.keywane.engine.ProviderProfile;
import io.keywane.engine.Settings;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreSettings;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.RotationPolicy;

import java.util.Map;

/** Reads the whole file. */
final class SettingsReader {
    private SettingsReader() {}

    static Field<Settings> read(YamlSection root) {
        Field<ProviderProfile> provider = ProviderReader.read(root.section("provider"));
        Field<Map<OrganisationName, Settings.OrganisationSettings>> organisations = OrganisationsReader.read(root);
        Field<RotationPolicy> rotation = RotationReader.read(root.section("rotation"), RotationReader.DEFAULTS);
        Field<Map<StoreName, StoreSettings>> stores = StoresReader.read(root);
        Field<Map<KeyName, KeySettings>> keys = KeysReader.read(root, rotation,
                CalibrationReader.read(root.section("calibration"), CalibrationSettings.DEFAULT), stores);
        Field<ProbingSettings> probing = ProbingReader.read(root.section("probing"));
        Field<Settings.StorageSettings> storage = StorageReader.read(root.section("storage"));
        Field<Settings.ServiceSettings> service = ServiceReader.read(root.section("service"));
        Field<AlertSettings> alerts = AlertsReader.read(root.section("alerts"));
        Field<Settings> settings = root.build(() -> new Settings(provider.get(), organisations.get(), keys.get(),
                probing.get(), storage.get(), service.get(), alerts.get(), stores.get()));
        if (settings.isPresent()) {
            Folders.check(root, settings.get());
        }
        return settings;
    }
}

package io.keywane.daemon;

import io.keywane.config.ConfigException;
import io.keywane.config.ConfigLoader;
import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.Settings.StorageSettings;
import io.keywane.engine.StoreException;
import io.keywane.store.Backup;
import io.keywane.store.KeyEncryptionKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** What every {@code backup} command is told: where the installation lies, by its configuration. */
final class BackupOptions {
    /** How the outcome is shown. */
    enum Form {
        TEXT, JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file (${DEFAULT-VALUE}).",
            defaultValue = "/etc/keywane/keywane.yaml")
    private Path config = Path.of("/etc/keywane/keywane.yaml");

    @Nullable
    @Option(names = "--key-encryption-key", paramLabel = "FILE",
            description = "The file of the key-encryption key, where the configuration names a credential of systemd or"
                    + " an earlier key is meant.")
    private Path keyFile;

    @Option(names = {"-o", "--output"}, paramLabel = "FORM", description = "text or json (${DEFAULT-VALUE}).",
            defaultValue = "text")
    private Form form = Form.TEXT;

    boolean isJson() {
        return form == Form.JSON;
    }

    /** Runs work on the installation's backups, and turns what may go wrong into messages. */
    <T> T with(Function<Backup, T> work) {
        try {
            StorageSettings storage = new ConfigLoader(System.getenv()).load(config).storage();
            Path key = keyFile;
            try (KeyEncryptionKey opened = KeyEncryptionKey.load(key == null ? storage.keyEncryptionKey() : key)) {
                return work.apply(new Backup(storage, opened, new SystemRandomness()));
            }
        } catch (ConfigException e) {
            throw new ControlException(ExitCode.PROBLEMS_FOUND, String.valueOf(e.getMessage()),
                    "keywane check-config " + config);
        } catch (Backup.NewerStateException e) {
            throw new ControlException(ExitCode.CONFLICT, String.valueOf(e.getMessage()),
                    "if it is to be replaced all the same: --over-newer; it is kept beside the restored one");
        } catch (PersistenceException | StoreException e) {
            throw new ControlException(ExitCode.FAILURE, String.valueOf(e.getMessage()), "");
        }
    }
}

package io.keywane.store;

import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.VaultSettings;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes drivers for one server: all share one HTTP client, follow no redirect, repeat nothing, and take nothing from the
 * environment. A driver's configuration must not be shared, since a driver changes it.
 */
final class VaultDrivers {
    private final VaultSettings settings;
    private final HttpClient client;

    VaultDrivers(VaultSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout()).followRedirects(HttpClient.Redirect.NEVER);
        settings.caFile().ifPresent(file -> builder.sslContext(trusting(file)));
        this.client = builder.build();
    }

    /** A driver that puts {@code data/} into the paths of the mount. */
    Vault kv(@Nullable String token) throws VaultException {
        return Vault.create(config(token), 2);
    }

    /** A driver that leaves paths as they are. */
    Vault raw(@Nullable String token) throws VaultException {
        return Vault.create(config(token), 1);
    }

    private VaultConfig config(@Nullable String token) throws VaultException {
        int seconds = Math.toIntExact(settings.timeout().toSeconds());
        VaultConfig config = new VaultConfig().environmentLoader(new NoEnvironment())
                .address(settings.address().toString()).openTimeout(seconds).readTimeout(seconds).httpClient(client)
                .prefixPathDepth(settings.mount().split("/", -1).length);
        if (token != null) {
            config.token(token);
        }
        if (settings.namespace().isPresent()) {
            config.nameSpace(settings.namespace().get());
        }
        return config.build();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw new GeneralSecurityException("no certificate");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw DiskFaults.reading(file, e);
        } catch (GeneralSecurityException e) {
            throw new StoreException(StoreFailure.Kind.DAMAGED,
                    "ca_file " + file + " holds no certificates: write them in PEM form, one after the other", e);
        }
    }

    /** Without it the driver takes a token from VAULT_TOKEN or from the home folder where none is given. */
    private static final class NoEnvironment extends EnvironmentLoader {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String loadVariable(String name) {
            return null;
        }
    }
}

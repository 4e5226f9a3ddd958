package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure.Kind;
import io.keywane.engine.StoreName;
import io.keywane.engine.VaultSettings;
import io.keywane.engine.VaultSettings.Login;
import io.keywane.key.Moment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.SecretStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The Vault store takes a server for Vault only by the certificates that it is given. */
class VaultTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final StoreName NAME = new StoreName("vault");

    @TempDir
    private Path folder;

    private VaultStandIn server = new VaultStandIn();

    @BeforeEach
    void start() throws Exception {
        server.close();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificate("server"), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = new VaultStandIn(context);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A key with a certificate for localhost, which is written to {@code NAME.pem}, too. */
    private KeyStore certificate(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
                "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost", "-storetype",
                "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Files.writeString(folder.resolve(name + ".pem"), "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(store.getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n");
        return store;
    }

    private VaultSecretStore open(Optional<Path> caFile) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), VaultStandIn.ROOT);
        VaultSettings settings = new VaultSettings(server.address(), Optional.empty(), "secret", caFile,
                Duration.ofSeconds(5), Duration.ZERO, new Login.TokenFile(token));
        return VaultSecretStore.open(NAME, settings,
                () -> Map.of(SEARCH, settings.place(NAME, "app", Optional.of("api_key"), Optional.empty())),
                Map::of,
                () -> new Moment("boot-1", Duration.ofNanos(System.nanoTime()), Instant.now()));
    }

    @Test
    void view_certificateOfTheCaFile_isAnswered() throws Exception {
        assertThat(open(Optional.of(folder.resolve("server.pem"))).view(SEARCH).revision()).isZero();
    }

    @Test
    void view_certificateOfAnotherCa_sendsNothing() throws Exception {
        certificate("other");
        VaultSecretStore store = open(Optional.of(folder.resolve("other.pem")));

        assertFails(Kind.UNAVAILABLE, () -> store.view(SEARCH));
        assertThatThrownBy(() -> store.view(SEARCH)).hasMessageContaining("check address, network and ca_file");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void view_certificateThatTheSystemDoesNotKnow_sendsNothing() throws Exception {
        VaultSecretStore store = open(Optional.empty());

        assertFails(Kind.UNAVAILABLE, () -> store.view(SEARCH));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void open_caFileWithoutACertificate_isRefusedAndNamed() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatThrownBy(() -> open(Optional.of(empty))).isInstanceOf(StoreException.class)
                .hasMessageContaining("ca_file " + empty + " holds no certificates");
    }
}

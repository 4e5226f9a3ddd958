package io.keywane.provider;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A real TLS server with a certificate for the name localhost, which only those trust who are given it. */
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String NAME = "localhost";
    private final AtomicInteger requests = new AtomicInteger();
    @TempDir
    private Path folder;
    private SSLContext trusting;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        trusting = context(certificate());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(trusting));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void probe_trustedCertificate_isAnswered() {
        assertThat(probe(NAME, trusting).outcome()).isEqualTo(ProbeOutcome.VALID);
        assertThat(requests).hasValue(1);
    }

    @Test
    void probe_certificateOfAnotherName_sendsNoRequest() {
        assertThat(probe("127.0.0.1", trusting).failure()).contains(ProbeFailure.TLS);
        assertThat(requests).hasValue(0);
    }

    @Test
    void probe_untrustedCertificate_sendsNoRequest() throws Exception {
        assertThat(probe(NAME, SSLContext.getDefault()).failure()).contains(ProbeFailure.TLS);
        assertThat(requests).hasValue(0);
    }

    private Sample probe(String host, SSLContext tls) {
        URI url = URI.create("https://" + host + ":" + server.getAddress().getPort());
        return new HttpProbeClient(Probes.profile(url), Probes.TIMEOUT, Probes.clock(), tls)
                .probe(Probes.call(ProbeKind.LIVENESS), Probes.key(Probes.CANARY));
    }

    private KeyStore certificate() throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
                "server", "-keyalg", "EC", "-dname", "CN=" + NAME, "-ext", "SAN=dns:" + NAME, "-storetype", "PKCS12",
                "-keystore", file.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}

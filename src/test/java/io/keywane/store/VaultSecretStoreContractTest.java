package io.keywane.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

/** The Vault store against the stand-in. */
class VaultSecretStoreContractTest extends VaultSecretStoreContract {
    private final VaultStandIn server = new VaultStandIn();

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    URI address() {
        return server.address();
    }

    @Override
    String rootToken() {
        return VaultStandIn.ROOT;
    }

    @Override
    String mount() {
        return "secret";
    }

    @Override
    String versionOneMount() {
        return "old";
    }

    @Override
    String tokenWith(String policy) {
        return server.token(policy, Duration.ofHours(1), true);
    }

    @Override
    Role roleWith(String policy) {
        server.role("role-1", "secret-1", policy, Duration.ofMinutes(20));
        return new Role("role-1", "secret-1");
    }

    @Test
    void wholeLife_ofAKey_sendsNoRequestThatDeletes() throws IOException {
        var store = store();
        long revision = 0;
        for (int n = 1; n <= 3; n++) {
            revision = store.stage(SEARCH, version(n), material(n), revision).revision();
            revision = store.promote(SEARCH, version(n), revision).revision();
        }
        revision = store.mark(SEARCH, version(1), true, revision).revision();
        store.release(SEARCH, version(1), revision);
        open(mount(), tokenFile(rootToken())).inspect();

        assertThat(server.requests()).hasSizeGreaterThan(10)
                .allMatch(request -> request.matches("GET .*|POST secret/data/.*|POST sys/capabilities-self"));
    }
}

package io.keywane.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/**
 * The Vault store against a server of your own. The token needs the rights to write policies, make tokens and mounts; each
 * test works below a random path and takes away what it made.
 */
@EnabledIfEnvironmentVariable(named = "KEYWANE_TEST_VAULT_ADDR", matches = ".+",
        disabledReason = "name a server by KEYWANE_TEST_VAULT_ADDR and KEYWANE_TEST_VAULT_TOKEN (optional: _MOUNT)")
class VaultServerContractTest extends VaultSecretStoreContract {
    private final String name = "keywane-test-" + UUID.randomUUID();
    private boolean madeMount;

    private static String environment(String variable, String otherwise) {
        return Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isEmpty()).orElse(otherwise);
    }

    @AfterEach
    void cleanUp() {
        for (String secret : new String[]{path, path + "-keywane", path + "-feed", path + "-feed/own"}) {
            people().deleteAll(secret);
        }
        people().call("DELETE", "sys/policies/acl/" + name, "");
        if (madeMount) {
            people().call("DELETE", "sys/mounts/" + name, "");
        }
    }

    @Override
    URI address() {
        return URI.create(environment("KEYWANE_TEST_VAULT_ADDR", ""));
    }

    @Override
    String rootToken() {
        return environment("KEYWANE_TEST_VAULT_TOKEN", "");
    }

    @Override
    String mount() {
        return environment("KEYWANE_TEST_VAULT_MOUNT", "secret");
    }

    @Override
    String versionOneMount() {
        if (!madeMount) {
            people().call("POST", "sys/mounts/" + name, "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}");
            madeMount = true;
        }
        return name;
    }

    @Override
    String tokenWith(String policy) {
        write(policy);
        return people().call("POST", "auth/token/create", "{\"policies\":[\"" + name + "\"],\"ttl\":\"10m\"}")
                .path("auth").path("client_token").asString();
    }

    @Override
    Role roleWith(String policy) {
        write(policy);
        if (people().call("GET", "sys/auth", "").path("data").path("approle/").isMissingNode()) {
            people().call("POST", "sys/auth/approle", "{\"type\":\"approle\"}");
        }
        String role = "auth/approle/role/" + name;
        people().call("POST", role, "{\"token_policies\":[\"" + name + "\"],\"token_ttl\":\"10m\"}");
        String roleId = people().call("GET", role + "/role-id", "").path("data").path("role_id").asString();
        String secretId = people().call("POST", role + "/secret-id", "").path("data").path("secret_id").asString();
        return new Role(roleId, secretId);
    }

    private void write(String policy) {
        String text = policy.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        people().call("POST", "sys/policies/acl/" + name, "{\"policy\":\"" + text + "\"}");
    }
}

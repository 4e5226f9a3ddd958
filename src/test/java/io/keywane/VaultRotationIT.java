package io.keywane;

import io.keywane.store.VaultStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The daemon with a key in Vault carries a rotation through; on a server of your own, if one is named. */
@Execution(ExecutionMode.CONCURRENT)
class VaultRotationIT {
    @TempDir
    private Path folder;

    @Test
    void rotation_ofAKeyInVault_goesToItsEnd() throws Exception {
        try (VaultStandIn server = new VaultStandIn();
                Rig rig = new Rig(folder);
                HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            String address = Optional.ofNullable(System.getenv("KEYWANE_TEST_VAULT_ADDR"))
                    .orElse(server.address().toString());
            String token = Optional.ofNullable(System.getenv("KEYWANE_TEST_VAULT_TOKEN")).orElse(VaultStandIn.ROOT);
            Path tokenFile = Files.writeString(folder.resolve("token"), token);
            String path = "keywane-test/" + folder.getFileName();
            StoreRotation.configure(rig, "{name: vault, path: \"" + path + "\", field: api_key}",
                    "{vault: {type: vault, refresh: 1s, address: \"" + address + "\", login: {token: {file: "
                            + tokenFile
                            + "}}}}");
            HttpRequest read = HttpRequest.newBuilder(URI.create(address + "/v1/secret/data/" + path))
                    .header("X-Vault-Token", token).build();

            StoreRotation.carryThrough(rig, () -> key(client, read));

            assertThat(rig.log()).doesNotContain(token);
        }
    }

    private static String key(HttpClient client, HttpRequest read) throws IOException {
        try {
            HttpResponse<String> answer = client.send(read, HttpResponse.BodyHandlers.ofString());
            return JsonMapper.shared().readTree(answer.body()).at("/data/data/api_key").asString("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException().initCause(e);
        }
    }
}

package io.keywane;

import io.keywane.control.Verb;
import io.keywane.store.VaultStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The daemon with a key in Vault carries a rotation through; on a server of your own, if one is named. */
class VaultRotationIT {
    private static final Duration LONG = Duration.ofSeconds(150);

    @TempDir
    private Path folder;

    @Test
    void rotation_ofAKeyInVault_goesToItsEnd() throws Exception {
        try (VaultStandIn server = new VaultStandIn(); Rig rig = new Rig(folder)) {
            String address = Optional.ofNullable(System.getenv("KEYWANE_TEST_VAULT_ADDR"))
                    .orElse(server.address().toString());
            String token = Optional.ofNullable(System.getenv("KEYWANE_TEST_VAULT_TOKEN")).orElse(VaultStandIn.ROOT);
            Path tokenFile = Files.writeString(folder.resolve("token"), token);
            String path = "keywane-test/" + folder.getFileName();
            Path file = folder.resolve("keywane.yaml");
            Files.writeString(file, Files.readString(file).replace("publish: {file: search}",
                    "publish: {file: search}\n    store: {name: vault, path: \"" + path + "\", field: api_key}")
                    + "stores: {vault: {type: vault, refresh: 1s, address: \"" + address + "\", login: {token: {file: "
                    + tokenFile + "}}}}\n");
            rig.start();
            Rig.NewKey first = rig.createKey("first");
            Rig.NewKey second = rig.createKey("second");
            rig.importKey(first);
            rig.until("the first key to be published", LONG, () -> Files.exists(rig.published()));
            try (Consumers _ = new Consumers(2, rig.sandbox().baseUrl(), rig.published())) {
                Thread.sleep(Duration.ofSeconds(12));
                rig.change(Verb.ROTATION_START);
                rig.supplyKey(second);
                rig.untilRotation("flagged", LONG);
            }
            assertThat(Files.readString(rig.published())).isEqualTo(second.material().exposeString());
            assertThat(folder.resolve("state/keys/search.json")).doesNotExist();
            assertThat(rig.log()).doesNotContain(token).doesNotContain(second.material().exposeString());
        }
    }
}

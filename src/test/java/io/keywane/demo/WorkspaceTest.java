package io.keywane.demo;

import io.keywane.config.ConfigLoader;
import io.keywane.engine.Settings;
import io.keywane.key.KeyName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class WorkspaceTest {
    private Workspace workspace;

    @BeforeEach
    void create() throws IOException {
        workspace = Workspace.create();
        workspace.prepareDaemon(URI.create("http://127.0.0.1:4711"));
    }

    @AfterEach
    void delete() throws IOException {
        workspace.delete();
    }

    @Test
    void configuration_loaded_isValidAndStaysInTheFolder() throws Exception {
        Settings settings = new ConfigLoader(Map.of()).load(workspace.configuration());

        assertThat(settings.provider().baseUrl()).isEqualTo(URI.create("http://127.0.0.1:4711"));
        assertThat(settings.keys()).containsOnlyKeys(new KeyName(Names.KEY));
        assertThat(settings.provider().groups().values()).hasSize(2)
                .allSatisfy(group -> assertThat(group.windows()).hasSize(1));
        assertThat(settings.storage().publishDirectory().resolve(Names.KEY)).isEqualTo(workspace.publishedKey());
        assertThat(settings.service().socket()).isEqualTo(workspace.socket());
    }

    @Test
    void secrets_prepared_areTheOwnersOnly() throws IOException {
        assertThat(Files.getPosixFilePermissions(workspace.root()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(workspace.root().resolve(Names.KEY_ENCRYPTION_KEY)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.size(workspace.root().resolve(Names.KEY_ENCRYPTION_KEY))).isEqualTo(32);
    }

    @Test
    void logTail_longLog_isItsEnd() throws IOException {
        Files.writeString(workspace.log("daemon"), "one\ntwo\nthree\n");

        assertThat(workspace.logTail("daemon", 2)).containsExactly("two", "three");
        assertThat(workspace.logTail("nobody", 2)).isEmpty();
    }

    @Test
    void delete_twice_leavesNothing() throws IOException {
        workspace.delete();
        workspace.delete();

        assertThat(workspace.root()).doesNotExist();
    }
}

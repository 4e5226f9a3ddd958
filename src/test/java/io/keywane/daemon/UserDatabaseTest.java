package io.keywane.daemon;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class UserDatabaseTest {
    private final UserDatabase users = new UserDatabase();

    @Test
    void ids_ofRoot_areZero() throws IOException {
        assertThat(users.userId("root")).isEqualTo(OptionalLong.of(0));
        assertThat(users.groupId("root")).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void ids_ofNobodyKnown_areEmpty() throws IOException {
        assertThat(users.userId("no-such-user-here")).isEmpty();
        assertThat(users.groupId("no-such-group-here")).isEmpty();
        assertThat(users.groupIdsOf("no-such-user-here")).isEmpty();
    }

    @Test
    void groupIdsOf_thisUser_areThoseOfTheIdCommand() throws Exception {
        String user = System.getProperty("user.name");
        assertThat(users.groupIdsOf(user)).isEqualTo(idCommand(user));
    }

    @Test
    void groupIdsOf_systemUser_areThoseOfTheIdCommand() throws Exception {
        assertThat(users.groupIdsOf("daemon")).isNotEmpty().isEqualTo(idCommand("daemon"));
    }

    private static Set<Long> idCommand(String user) throws IOException {
        Process id = new ProcessBuilder("id", "-G", user).start();
        String line = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return Arrays.stream(line.split(" ", -1)).map(Long::valueOf).collect(Collectors.toSet());
    }
}

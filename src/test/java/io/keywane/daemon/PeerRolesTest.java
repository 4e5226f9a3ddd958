package io.keywane.daemon;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** With users and groups that every Linux has: {@code daemon} is in group {@code daemon}, {@code nobody} is not. */
class PeerRolesTest {
    private static final long OWN = 4_242;

    @Test
    void peer_rootAndTheDaemonsOwnUser_areOperators() throws IOException {
        PeerRoles roles = roles(List.of(), List.of());
        assertThat(roles.peer("root", "root")).contains(new Peer("root", Role.OPERATOR));
        assertThat(roles.peer("4242", "4242")).contains(new Peer("4242", Role.OPERATOR));
    }

    @Test
    void peer_memberOfAnOperatorGroup_isOperatorEvenIfReaderToo() throws IOException {
        assertThat(roles(List.of("daemon"), List.of("no-such-group", "daemon")).peer("daemon", "nogroup"))
                .contains(new Peer("daemon", Role.OPERATOR));
    }

    @Test
    void peer_memberOfAReaderGroup_isReader() throws IOException {
        assertThat(roles(List.of("daemon"), List.of("root")).peer("daemon", "daemon"))
                .contains(new Peer("daemon", Role.READER));
    }

    @Test
    void peer_runningInTheGroupWithoutBeingListed_isMember() throws IOException {
        assertThat(roles(List.of(), List.of("daemon")).peer("nobody", "daemon"))
                .contains(new Peer("nobody", Role.OPERATOR));
        assertThat(roles(List.of(), List.of("daemon")).peer("7777", "1")).contains(new Peer("7777", Role.OPERATOR));
    }

    @Test
    void peer_memberOfNone_isRefused() throws IOException {
        assertThat(roles(List.of("root"), List.of("daemon")).peer("nobody", "nogroup")).isEmpty();
        assertThat(roles(List.of(), List.of()).peer("daemon", "daemon")).isEmpty();
        assertThat(roles(List.of(), List.of("no-such-group")).peer("7777", "no-such-group")).isEmpty();
    }

    @Test
    void configure_otherGroups_countFromThenOn() throws IOException {
        PeerRoles roles = roles(List.of(), List.of("daemon"));
        roles.configure(Fixtures.service(Path.of("s"), List.of("daemon"), List.of()));
        assertThat(roles.peer("daemon", "daemon").map(Peer::role)).isEqualTo(Optional.of(Role.READER));
    }

    @Test
    void messages_nameTheGroups() {
        assertThat(roles(List.of("readers"), List.of("keywane", "ops")).allowed())
                .isEqualTo("members of group keywane or ops, and for looking members of group readers");
        assertThat(roles(List.of(), List.of()).allowed()).isEqualTo("root and the daemon's own user");
    }

    private static PeerRoles roles(List<String> readers, List<String> operators) {
        return new PeerRoles(new UserDatabase(), OWN, Fixtures.service(Path.of("s"), readers, operators));
    }
}

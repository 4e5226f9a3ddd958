package io.keywane.store;

import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.LookupResponse;
import io.keywane.engine.HostClock;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.VaultSettings.Login;
import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps a token that the server accepts: takes it from a file, which is looked at each time, or logs in with a role; and
 * renews it when two thirds of its life are over. Safe for use by several threads.
 */
final class VaultLogin {
    private static final Logger LOG = LoggerFactory.getLogger(VaultLogin.class);
    /** A renewal that failed is not tried again at once. */
    private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(10);
    /** How long somebody waits for another's login. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Login login;
    private final VaultDrivers drivers;
    private final VaultFaults faults;
    private final HostClock clock;
    private final ReentrantLock turn = new ReentrantLock();
    /** Written by who has the turn. */
    private volatile Failed failed = new Failed(0, Optional.empty());
    private volatile @Nullable Session current;

    /** How many logins failed, and why the last one did. */
    private record Failed(long count, Optional<StoreException> why) {}

    /**
     * A token with the drivers that use it.
     *
     * @param renewable whether the server lets it be renewed
     * @param life how long it was given; empty if it does not end
     * @param renewAt when to renew it, or to log in again
     */
    record Session(
            String token, Vault kv, Vault raw, boolean renewable, Optional<Duration> life, Optional<Moment> renewAt) {
        @Override
        public String toString() {
            return "Session[not shown]";
        }
    }

    VaultLogin(Login login, VaultDrivers drivers, VaultFaults faults, HostClock clock) {
        this.login = login;
        this.drivers = drivers;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * The session to use now.
     *
     * @throws StoreException if no token can be had
     */
    Session session() {
        Session known = current;
        if (known != null && !isReplaced(known) && (!isDue(known) || turn.isLocked())) {
            return known;
        }
        return inTurn(() -> {
            Session session = current;
            if (session == null || isReplaced(session)) {
                return begin();
            }
            return isDue(session) ? renew(session) : session;
        });
    }

    /** A session instead of one whose token the server refuses; throws {@code DENIED} if there is no other. */
    Session insteadOf(Session refused) {
        Session fresh = inTurn(() -> {
            Session session = current;
            if (session != null && !session.token().equals(refused.token())) {
                return session;
            }
            current = null;
            return begin();
        });
        if (fresh.token().equals(refused.token())) {
            throw faults.fault(StoreFailure.Kind.DENIED, "looking at our own token",
                    "the token is not accepted: revoked, expired, or without the right to look itself up",
                    "put a new one into its file; it is taken up by itself");
        }
        return fresh;
    }

    private boolean isDue(Session session) {
        Moment now = clock.now();
        return session.renewAt().filter(at -> now.isNotBefore(at, now)).isPresent();
    }

    /** One at a time asks the server for a token; whoever waited for one who failed is told so, and does not try in turn. */
    private Session inTurn(Supplier<Session> login) {
        long before = failed.count();
        waitForTurn();
        try {
            Failed last = failed;
            if (last.count() != before && last.why().isPresent()) {
                throw last.why().get();
            }
            return noted(login);
        } finally {
            turn.unlock();
        }
    }

    private Session noted(Supplier<Session> login) {
        try {
            Session session = login.get();
            current = session;
            return session;
        } catch (StoreException e) {
            failed = new Failed(failed.count() + 1, Optional.of(e));
            throw e;
        }
    }

    private void waitForTurn() {
        try {
            if (turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw faults.fault(StoreFailure.Kind.UNAVAILABLE, "waiting for a token", "another login is still under way",
                "it is tried again by itself");
    }

    /** Whether the server knows the session's token; so a 403 means a missing right. */
    boolean isAccepted(Session session) {
        try {
            session.raw().auth().lookupSelf();
            return true;
        } catch (VaultException e) {
            if (e.getHttpStatusCode() == 403) {
                return false;
            }
            throw faults.of("looking at our own token", false, e);
        }
    }

    private boolean isReplaced(Session session) {
        return switch (login) {
            case Login.TokenFile file -> !read(file.file()).equals(session.token());
            case Login.AppRole _ -> false;
        };
    }

    private Session begin() {
        return switch (login) {
            case Login.TokenFile file -> ofFile(read(file.file()));
            case Login.AppRole role -> ofRole(role);
        };
    }

    private Session ofFile(String token) {
        try {
            Vault raw = drivers.raw(token);
            LookupResponse seen = raw.auth().lookupSelf();
            return session(token, raw, seen.isRenewable(), seen.getTTL());
        } catch (VaultException e) {
            if (e.getHttpStatusCode() != 403) {
                throw faults.of("looking at our own token", false, e);
            }
            throw faults.fault(StoreFailure.Kind.DENIED, "looking at our own token",
                    "the token is not accepted: revoked, expired, or without the right to look itself up",
                    "put a new one into its file; it is taken up by itself");
        }
    }

    private Session ofRole(Login.AppRole role) {
        try {
            AuthResponse answer = drivers.raw(null).auth().loginByAppRole(role.mount(), read(role.roleId()),
                    read(role.secretId()));
            String token = answer.getAuthClientToken();
            LOG.info("logged in at auth/{}", role.mount());
            return session(token, drivers.raw(token), answer.isAuthRenewable(), answer.getAuthLeaseDuration());
        } catch (VaultException e) {
            int status = e.getHttpStatusCode();
            if (status == 400 || status == 403) {
                throw faults.fault(StoreFailure.Kind.DENIED, "logging in at auth/" + role.mount(),
                        "role id or secret id is not accepted (HTTP " + status + ")",
                        "put a new secret id into its file; it is read at each try");
            }
            throw faults.of("logging in at auth/" + role.mount(), false, e);
        }
    }

    private Session session(String token, Vault raw, boolean renewable, long seconds) throws VaultException {
        Vault kv = drivers.kv(token);
        if (seconds <= 0) {
            return new Session(token, kv, raw, false, Optional.empty(), Optional.empty());
        }
        Duration life = Duration.ofSeconds(seconds);
        return new Session(token, kv, raw, renewable, Optional.of(life), Optional.of(twoThirds(life)));
    }

    private Moment twoThirds(Duration life) {
        return clock.now().plus(life.multipliedBy(2).dividedBy(3));
    }

    private Session renew(Session session) {
        boolean mayLogIn = login instanceof Login.AppRole;
        if (!session.renewable()) {
            return mayLogIn ? begin() : later(session);
        }
        try {
            AuthResponse answer = session.raw().auth().renewSelf();
            Duration life = Duration.ofSeconds(answer.getAuthLeaseDuration());
            boolean nearItsEnd = session.life().filter(first -> life.multipliedBy(2).compareTo(first) < 0).isPresent();
            if (nearItsEnd && mayLogIn) {
                return begin();
            }
            return new Session(session.token(), session.kv(), session.raw(), answer.isAuthRenewable(), session.life(),
                    Optional.of(twoThirds(life)));
        } catch (VaultException e) {
            LOG.warn("the token was not renewed: {}", faults.of("renewing our token", false, e).getMessage());
            return mayLogIn && e.getHttpStatusCode() != 0 ? begin() : later(session);
        }
    }

    private Session later(Session session) {
        return new Session(session.token(), session.kv(), session.raw(), session.renewable(), session.life(),
                Optional.of(clock.now().plus(RENEWAL_PAUSE)));
    }

    private static String read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (!text.matches("[!-~]{1,4096}")) {
                throw new StoreException(StoreFailure.Kind.DENIED,
                        "file " + file + " holds no credential: write one line of printable characters into it");
            }
            return text;
        } catch (IOException e) {
            throw DiskFaults.reading(file, e);
        }
    }
}

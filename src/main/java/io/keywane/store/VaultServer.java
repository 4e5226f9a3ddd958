package io.keywane.store;

import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.WriteOptions;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.github.jopenlibs.vault.json.ParseException;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.keywane.engine.HostClock;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreName;
import io.keywane.engine.VaultSettings;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks one server. An answer comes back with its status, whatever that is; no answer, or one that is not Vault's, is a
 * {@link StoreException}. A token that the server no longer knows is replaced once by the one that its file holds now, or
 * by a new login.
 */
final class VaultServer {
    private final VaultDrivers drivers;
    private final VaultFaults faults;
    private final VaultLogin login;

    /** One call of the driver. */
    @FunctionalInterface
    private interface Call {
        LogicalResponse run(VaultLogin.Session session) throws VaultException;
    }

    /**
     * What a server answered.
     *
     * @param body the whole answer; empty for 204
     */
    record Answer(int status, JsonObject body) {
        boolean isGood() {
            return status == 200 || status == 204;
        }

        /** A member that is an object, or an empty one. */
        static JsonObject object(JsonObject parent, String name) {
            JsonValue value = parent.get(name);
            return value != null && value.isObject() ? value.asObject() : new JsonObject();
        }

        /** A member that is text, or an empty one. */
        static String text(JsonObject parent, String name) {
            JsonValue value = parent.get(name);
            return value != null && value.isString() ? value.asString() : "";
        }

        /** A member that is a whole number, or 0. */
        static long number(JsonObject parent, String name) {
            JsonValue value = parent.get(name);
            return value != null && value.isNumber() && value.toString().matches("-?[0-9]{1,18}") ? value.asLong() : 0;
        }

        JsonObject data() {
            return object(body, "data");
        }

        boolean hasErrors() {
            JsonValue errors = body.get("errors");
            return errors != null && errors.isArray() && !errors.asArray().isEmpty();
        }

        boolean saysError(String text) {
            JsonValue errors = body.get("errors");
            return errors != null && errors.isArray() && errors.toString().contains(text);
        }

        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    VaultServer(StoreName name, VaultSettings settings, HostClock clock) {
        this.drivers = new VaultDrivers(settings);
        this.faults = new VaultFaults("store " + name + " at " + settings.address());
        this.login = new VaultLogin(settings.login(), drivers, faults, clock);
    }

    VaultFaults faults() {
        return faults;
    }

    VaultLogin login() {
        return login;
    }

    /** Reads the latest version of a secret; the path begins with the mount. */
    Answer readSecret(String path) {
        return ask("reading " + path, false, session -> session.kv().logical().read(path));
    }

    /** Writes a version of a secret if the latest one has the given number. */
    Answer writeSecret(String path, long version, Map<String, JsonValue> data) {
        Map<String, Object> values = new LinkedHashMap<>(data);
        WriteOptions options = new WriteOptions()
                .checkAndSet(version);
        return ask("writing " + path, true,
                session -> session.kv().logical().write(path, values, null, options));
    }

    /** Reads any other path. */
    Answer read(String path) {
        return ask("reading " + path, false, session -> session.raw().logical().read(path));
    }

    /** What our token may do at these paths, without trying it. */
    Answer capabilities(Iterable<String> paths) {
        JsonArray array = new JsonArray();
        paths.forEach(array::add);
        return ask("asking for our rights", false,
                session -> session.raw().logical().write("sys/capabilities-self", Map.of("paths", array)));
    }

    /** How much the server's clock is ahead of an instant of ours, in whole seconds; empty if it does not tell. */
    Optional<Long> clockAhead(Instant now) {
        try {
            Vault raw = drivers.raw(null);
            return Optional.ofNullable(raw.debug().health().getServerTimeUTC())
                    .map(seconds -> seconds - now.getEpochSecond());
        } catch (VaultException e) {
            throw faults.of("asking for its health", false, e);
        }
    }

    private Answer ask(String what, boolean changes, Call call) {
        VaultLogin.Session session = login.session();
        Answer answer = attempt(what, changes, session, call);
        if (answer.status() == 403 && !login.isAccepted(session)) {
            answer = attempt(what, changes, login.insteadOf(session), call);
        }
        return answer;
    }

    private Answer attempt(String what, boolean changes, VaultLogin.Session session, Call call) {
        try {
            LogicalResponse response = call.run(session);
            int status = response.getRestResponse().getStatus();
            byte[] body = response.getRestResponse().getBody();
            if (status == 204 || body.length == 0) {
                return new Answer(status, new JsonObject());
            }
            return new Answer(status, Json.parse(new String(body, StandardCharsets.UTF_8)).asObject());
        } catch (VaultException e) {
            throw faults.of(what, changes, e);
        } catch (ParseException | UnsupportedOperationException _) {
            throw faults.unreadable(what, changes);
        }
    }

    /** A failure for an answer that is neither good nor expected. */
    StoreException failure(String what, boolean changes, Answer answer) {
        if (answer.status() == 404) {
            return faults.fault(StoreFailure.Kind.DENIED, what, "there is nothing mounted (HTTP 404)",
                    "check `mount` and `namespace`");
        }
        return faults.status(what, changes, answer.status());
    }
}

package io.keywane.config;

import io.keywane.engine.KeySettings;
import io.keywane.engine.Settings;
import io.keywane.engine.StoreName;
import io.keywane.key.KeyName;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whether new settings may take the place of running ones without a restart. Pure: it compares, and changes
 * nothing.
 */
public final class ReloadCheck {
    private ReloadCheck() {}

    /**
     * Why the new settings are refused, one reason for each field; empty: they may be swapped in.
     *
     * @param keysWithOpenRotation keys whose rotation has not come to its end
     * @param keysLeaving keys of which a version leaves and is not confirmed revoked
     */
    public static List<String> refusals(Settings old, Settings next, Set<KeyName> keysWithOpenRotation,
            Set<KeyName> keysLeaving) {
        List<String> refusals = new ArrayList<>();
        baseUrl(refusals, old, next);
        rests(refusals, "provider", old.provider(), next.provider());
        rests(refusals, "probing", old.probing(), next.probing());
        openRotations(refusals, old, next, keysWithOpenRotation);
        leaving(refusals, old, next, keysWithOpenRotation, keysLeaving);
        restart(refusals, "storage.keys", old.storage().keyDirectory(), next.storage().keyDirectory());
        restart(refusals, "storage.key_encryption_key", old.storage().keyEncryptionKey(),
                next.storage().keyEncryptionKey());
        restart(refusals, "storage.database", old.storage().database(), next.storage().database());
        restart(refusals, "storage.publish", old.storage().publishDirectory(), next.storage().publishDirectory());
        restart(refusals, "service.http", http(old), http(next));
        restart(refusals, "service.socket", old.service().socket(), next.service().socket());
        stores(refusals, old, next);
        return List.copyOf(refusals);
    }

    /** A key's values lie where it was; taken elsewhere, it would have none. */
    private static void stores(List<String> refusals, Settings old, Settings next) {
        for (StoreName store : new TreeSet<>(old.stores().keySet())) {
            restart(refusals, "stores." + store, old.stores().get(store), next.stores().get(store));
        }
        next.stores().keySet().stream().filter(store -> !old.stores().containsKey(store)).sorted()
                .forEach(store -> refusals.add("stores." + store + " is new: this takes effect by a restart only"));
        for (KeyName key : new TreeSet<>(old.keys().keySet())) {
            KeySettings before = old.keys().get(key);
            KeySettings after = next.keys().get(key);
            if (before != null && after != null && !before.store().equals(after.store())) {
                refusals.add("keys." + key + ".store changes, and the key's values lie where they were: this takes"
                        + " effect by a restart only");
            }
        }
    }

    private static void baseUrl(List<String> refusals, Settings old, Settings next) {
        if (!old.provider().baseUrl().equals(next.provider().baseUrl())) {
            refusals.add("provider.base_url changes from " + old.provider().baseUrl() + " to "
                    + next.provider().baseUrl() + ": every key would be sent to the new address;"
                    + " if that is meant, restart the daemon");
        }
        if (!old.provider().keyHeader().equals(next.provider().keyHeader())) {
            refusals.add("provider.key_header changes from " + old.provider().keyHeader() + " to "
                    + next.provider().keyHeader() + ": every key would be sent under the new name;"
                    + " if that is meant, restart the daemon");
        }
    }

    /** What claims under way were made with stays while they last. */
    private static void rests(List<String> refusals, String section, Object old, Object next) {
        boolean isNamed = refusals.stream().anyMatch(refusal -> refusal.startsWith(section + "."));
        if (!old.equals(next) && !isNamed) {
            refusals.add(section + " changes, and what is known of the keys' use rests on it: this takes effect by a"
                    + " restart only");
        }
    }

    private static void openRotations(List<String> refusals, Settings old, Settings next, Set<KeyName> open) {
        for (KeyName key : new TreeSet<>(open)) {
            if (old.keys().containsKey(key) && !next.keys().containsKey(key)) {
                refusals.add("keys." + key + " is removed while its rotation is open: finish it, or abort it with"
                        + " \"keywane rotation abort " + key + "\", then remove the key");
            }
        }
    }

    private static void leaving(
            List<String> refusals, Settings old, Settings next, Set<KeyName> open, Set<KeyName> leaving) {
        for (KeyName key : new TreeSet<>(leaving)) {
            boolean isRemoved = old.keys().containsKey(key) && !next.keys().containsKey(key);
            if (isRemoved && !open.contains(key)) {
                refusals.add("keys." + key
                        + " is removed while a former version of it is not revoked, which nobody would"
                        + " watch any more: revoke it in the dashboard, say so with \"keywane rotation confirm-revoked "
                        + key + "\", then remove the key");
            }
        }
    }

    private static void restart(List<String> refusals, String field, @Nullable Object old, @Nullable Object next) {
        if (!Objects.equals(old, next)) {
            refusals.add(field + " changes from " + old + " to " + next + ": this takes effect by a restart only");
        }
    }

    private static String http(Settings settings) {
        return settings.service().httpHost() + ":" + settings.service().httpPort();
    }
}

package io.keywane.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names a plan by what it was made on: a short digest of each {@link Facet}, so that what has changed since can be named
 * although nothing of the plan was kept.
 *
 * @param digests seven hexadecimal digits for each facet
 */
public record PlanId(Map<Facet, String> digests) {
    private static final int DIGITS = 7;
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{7}(-[0-9a-f]{7}){4}");

    /** What a plan rests on. */
    public enum Facet {
        /** The verb, its arguments, and the key value that was given. */
        REQUEST,
        /** The latest rotation: its state and what is noted on it, not the wording of what it waits for. */
        ROTATION,
        /** The versions of the key and their stages. */
        VERSIONS,
        /** The store's revision and what it serves. */
        STORE,
        /** The key's policy and place in the configuration. */
        POLICY
    }

    public PlanId {
        digests = Collections.unmodifiableMap(new EnumMap<>(digests));
        if (digests.size() != Facet.values().length) {
            throw new IllegalArgumentException("a plan has a digest for each of " + Set.of(Facet.values()));
        }
    }

    static PlanId of(Map<Facet, String> texts) {
        Map<Facet, String> digests = new EnumMap<>(Facet.class);
        texts.forEach((facet, text) -> digests.put(facet, digest(text)));
        return new PlanId(digests);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is no plan's
     */
    public static PlanId parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no id of a plan; --dry-run prints one");
        }
        Iterator<String> parts = List.of(text.split("-", -1)).iterator();
        Map<Facet, String> digests = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            digests.put(facet, parts.next());
        }
        return new PlanId(digests);
    }

    public String text() {
        return String.join("-", digests.values());
    }

    /** What has changed between two plans. */
    Set<Facet> differences(PlanId other) {
        return digests.entrySet().stream().filter(e -> !e.getValue().equals(other.digests.get(e.getKey())))
                .map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }
}

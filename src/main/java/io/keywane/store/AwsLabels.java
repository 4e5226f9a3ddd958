package io.keywane.store;

import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which of a secret's versions are ours, told by staging labels. A label of our own keeps a version from being deprecated;
 * one label sits on one version only, so each of our versions has a label that names it.
 *
 * @param arn the secret's one name that is unique
 * @param stages AWS' version ids with their labels, in the order of their ids
 * @param changed what AWS states as the time of the last change, as text
 * @param rotated whether a Lambda function of others rotates the secret
 */
record AwsLabels(String arn, Map<String, List<String>> stages, String changed, boolean rotated) {
    static final String CURRENT = "AWSCURRENT";
    /** Labels that all versions of a secret may have together. */
    static final int QUOTA = 20;
    private static final String HELD = "keywane-held-";
    private static final String NEXT = "keywane-next-";
    private static final String REVOKE = "keywane-revoke-me-";

    AwsLabels {
        stages = Map.copyOf(stages);
    }

    static AwsLabels of(DescribeSecretResponse described) {
        return new AwsLabels(String.valueOf(described.arn()), described.versionIdsToStages(),
                String.valueOf(described.lastChangedDate()),
                Boolean.TRUE.equals(described.rotationEnabled()));
    }

    /** The label that keeps a version in custody. */
    static String held(VersionId id) {
        return HELD + id;
    }

    /** The label of a copy that is about to be promoted, because others changed other fields meanwhile. */
    static String next(VersionId id) {
        return NEXT + id;
    }

    /** The label that tells people to revoke the key; it takes the place of {@link #held}. */
    static String revoke(VersionId id) {
        return REVOKE + id;
    }

    /** The AWS version that a label sits on. */
    Optional<String> holder(String label) {
        return stages.entrySet().stream().filter(entry -> entry.getValue().contains(label)).map(Map.Entry::getKey)
                .findFirst();
    }

    /** The AWS version that holds one of ours. */
    Optional<String> holderOf(VersionId id) {
        return holder(held(id)).or(() -> holder(revoke(id)));
    }

    /** Our id of an AWS version that has a label of ours. */
    Optional<VersionId> idOf(String awsVersion) {
        return stages.getOrDefault(awsVersion, List.of()).stream().flatMap(label -> named(label).stream()).findFirst();
    }

    /** Any AWS version that bears a label of custody. */
    Optional<String> ours() {
        return stages.entrySet().stream().filter(entry -> entry.getValue().stream().anyMatch(l -> l.startsWith(HELD)))
                .map(Map.Entry::getKey).sorted().findFirst();
    }

    /** Our versions in custody. */
    Set<VersionId> held() {
        return stages.values().stream().flatMap(List::stream).filter(label -> !label.startsWith(NEXT))
                .flatMap(label -> named(label).stream()).collect(Collectors.toSet());
    }

    Set<VersionId> flagged() {
        return stages.values().stream().flatMap(List::stream).filter(label -> label.startsWith(REVOKE))
                .flatMap(label -> named(label).stream()).collect(Collectors.toSet());
    }

    int free() {
        return QUOTA - stages.values().stream().mapToInt(List::size).sum();
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }

    /** The view, given which version of ours consumers read. A current of others is in nobody's custody, but readable. */
    StoreView view(Optional<VersionId> current) {
        Set<VersionId> all = held();
        current.ifPresent(all::add);
        return new StoreView(all.isEmpty() ? 0 : revision(), current, all, flagged());
    }

    /** An id that follows from a text, always the same: of an AWS version of others, or of a copy of ours. */
    static VersionId derived(String text) {
        return new VersionId(HexFormat.of().formatHex(sha256(text), 0, 16));
    }

    /** AWS keeps no count of changes, so the state is named by a digest of it, above 0. */
    private long revision() {
        String text = new TreeMap<>(stages).entrySet().stream()
                .map(entry -> entry.getKey() + entry.getValue().stream().sorted().toList())
                .collect(Collectors.joining()) + changed;
        byte[] digest = sha256(text);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | (digest[i] & 0xff);
        }
        return Math.max(1, value & Long.MAX_VALUE);
    }

    private static Optional<VersionId> named(String label) {
        for (String prefix : List.of(HELD, REVOKE, NEXT)) {
            if (label.startsWith(prefix) && label.substring(prefix.length()).matches("[0-9a-f]{32,64}")) {
                return Optional.of(new VersionId(label.substring(prefix.length())));
            }
        }
        return Optional.empty();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreReference;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The calls to AWS that the store makes on one secret: two that read, two that write, and none that deletes. */
final class AwsCalls {
    private static final int LOOKS = 12;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final SecretsManagerClient client;
    private final StoreReference place;
    private final Consumer<Duration> sleep;

    AwsCalls(SecretsManagerClient client, StoreReference place, Consumer<Duration> sleep) {
        this.client = client;
        this.place = place;
        this.sleep = sleep;
    }

    StoreReference place() {
        return place;
    }

    AwsLabels labels() {
        DescribeSecretResponse described = describe();
        if (described.deletedDate() != null) {
            throw new StoreException(StoreFailure.Kind.UNAVAILABLE, "secret " + place.path()
                    + " is scheduled for deletion: aws secretsmanager restore-secret --secret-id " + place.path());
        }
        return AwsLabels.of(described);
    }

    private DescribeSecretResponse describe() {
        try {
            return client.describeSecret(request -> request.secretId(place.path()));
        } catch (SdkException e) {
            throw AwsFailures.reading(place.path(), e);
        }
    }

    /** The text of one version, with or without a label; empty where there is none. */
    Optional<String> text(String awsVersion) {
        try {
            GetSecretValueResponse answer = client
                    .getSecretValue(request -> request.secretId(place.path()).versionId(awsVersion));
            if (answer.secretString() == null) {
                throw new StoreException(StoreFailure.Kind.DAMAGED, "secret " + place.path()
                        + " holds binary data where a text is expected");
            }
            return Optional.of(answer.secretString());
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        } catch (SdkException e) {
            throw AwsFailures.reading(place.path(), e);
        }
    }

    /** Stores a text under labels. The token makes a repeat harmless; it becomes the version's id. */
    void put(String token, String text, String label) {
        try {
            client.putSecretValue(request -> request.secretId(place.path()).clientRequestToken(token)
                    .secretString(text).versionStages(label));
        } catch (SdkException e) {
            acceptIfDone(e, labels -> labels.holder(label).equals(Optional.of(token)));
        }
    }

    /** Moves a label, fenced: fails where it does not sit on {@code from} (absent: where it sits anywhere else). */
    void move(String label, Optional<String> from, Optional<String> to) {
        try {
            client.updateSecretVersionStage(request -> {
                request.secretId(place.path()).versionStage(label);
                from.ifPresent(request::removeFromVersionId);
                to.ifPresent(request::moveToVersionId);
            });
        } catch (SdkException e) {
            acceptIfDone(e, labels -> labels.holder(label).equals(to));
        }
    }

    /** Takes a label from a version; fails where it is not there. */
    void take(String label, String from) {
        try {
            client.updateSecretVersionStage(
                    request -> request.secretId(place.path()).versionStage(label).removeFromVersionId(from));
        } catch (SdkException e) {
            throw AwsFailures.writing(place.path(), e);
        }
    }

    /**
     * A lost answer, and the refusal of a repeat whose first try worked, are no failures: what counts is what is there. The
     * SDK repeats by itself and tells of its last try only, so whatever that says, an earlier one may have been carried
     * out; and what does not show of it may show later.
     */
    private void acceptIfDone(SdkException refused, Predicate<AwsLabels> done) {
        StoreException failure = AwsFailures.writing(place.path(), refused);
        boolean wasRepeated = Optional.ofNullable(refused.numAttempts()).filter(tries -> tries > 1).isPresent();
        boolean inDoubt = failure.kind() == StoreFailure.Kind.UNKNOWN_OUTCOME
                || failure.kind() == StoreFailure.Kind.CONFLICT || wasRepeated;
        if (!inDoubt) {
            throw failure;
        }
        if (isDone(failure, done)) {
            return;
        }
        throw wasRepeated
                ? unknown("an earlier try of " + refused.numAttempts() + " may have worked", failure)
                : failure;
    }

    private boolean isDone(StoreException failure, Predicate<AwsLabels> done) {
        try {
            return done.test(labels());
        } catch (StoreException unseen) {
            throw unknown(failure.getMessage() + "; what it did cannot be seen", unseen);
        }
    }

    /** What follows a write that was carried out: whatever fails in it, the write is not undone by that. */
    <T> T afterWriting(Supplier<T> rest) {
        try {
            return rest.get();
        } catch (StoreException e) {
            throw unknown("secret " + place.path() + " was written to", e);
        }
    }

    private static StoreException unknown(String known, StoreException cause) {
        return new StoreException(StoreFailure.Kind.UNKNOWN_OUTCOME, known + ": " + cause.getMessage(), cause);
    }

    /** Reads are eventually consistent: looks until the labels are as written. */
    AwsLabels await(Predicate<AwsLabels> written) {
        Duration pause = FIRST_PAUSE;
        for (int look = 0; look < LOOKS; look++) {
            AwsLabels labels = afterWriting(this::labels);
            if (written.test(labels)) {
                return labels;
            }
            sleep.accept(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        throw new StoreException(StoreFailure.Kind.UNKNOWN_OUTCOME, "secret " + place.path()
                + " does not show yet what was written to it");
    }
}

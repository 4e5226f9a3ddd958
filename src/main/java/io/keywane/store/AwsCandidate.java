package io.keywane.store;

import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreReference;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A secret of its own from which a new key is taken: its {@code AWSCURRENT}, since the console makes that of whatever a
 * person saves. For the same reason it must never be the secret that consumers read.
 */
record AwsCandidate(SecretsManagerClient client, StoreReference place) {
    /**
     * What lies there.
     *
     * @param consumers the ARN of the secret that consumers read
     */
    Answer read(String consumers) {
        GetSecretValueResponse answer;
        try {
            answer = client.getSecretValue(request -> request.secretId(place.path()));
        } catch (ResourceNotFoundException _) {
            return new Answer.Nothing("there is no value in secret " + place.path());
        } catch (SdkException e) {
            throw AwsFailures.reading(place.path(), e);
        }
        if (consumers.equals(answer.arn())) {
            throw new StoreException(StoreFailure.Kind.DENIED, "secret " + place.path()
                    + " is the one that consumers read: new keys need a secret of their own");
        }
        Optional<String> value = Optional.ofNullable(answer.secretString()).flatMap(new SecretText(place)::value);
        return value.map(text -> KeyText.answer(text.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> new Answer.Nothing("secret " + place.path() + " has no text"
                        + place.field().map(field -> " in field \"" + field + "\"").orElse("")));
    }
}

package io.keywane.engine;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where consumers read a key in a secret store of others.
 *
 * @param secret name, ARN or path of the secret
 * @param field the field of the secret's JSON object that holds the key; empty where the secret is the key alone
 */
public record SecretPlace(String secret, Optional<String> field) {
    public SecretPlace {
        requireNonNull(secret, "secret is null");
        requireNonNull(field, "field is null");
        if (secret.isBlank()) {
            throw new IllegalArgumentException("secret must not be empty");
        }
        if (field.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("field must not be empty");
        }
    }
}

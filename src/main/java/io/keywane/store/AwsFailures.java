package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

import java.util.Optional;
import java.util.Set;

/**
 * What a failed call to AWS means for us. Messages are ours and AWS' error code only: AWS' own text may quote what was
 * sent.
 */
final class AwsFailures {
    private static final Set<String> DENIED = Set.of("AccessDeniedException", "UnrecognizedClientException",
            "ExpiredTokenException", "InvalidSignatureException", "IncompleteSignature", "NotAuthorized",
            "InvalidClientTokenId", "MissingAuthenticationToken", "DecryptionFailure", "EncryptionFailure");

    private AwsFailures() {}

    /** A call that changes nothing. */
    static StoreException reading(String secret, SdkException failure) {
        return translate(secret, failure, StoreFailure.Kind.UNAVAILABLE);
    }

    /** A call that may have been carried out although its answer was lost. */
    static StoreException writing(String secret, SdkException failure) {
        return translate(secret, failure, StoreFailure.Kind.UNKNOWN_OUTCOME);
    }

    private static StoreException translate(String secret, SdkException failure, StoreFailure.Kind unanswered) {
        if (!(failure instanceof AwsServiceException answered)) {
            return new StoreException(unanswered, "AWS Secrets Manager gave no answer for secret " + secret + " ("
                    + failure.getClass().getSimpleName() + "): check the network, the region and the credentials");
        }
        if (failure instanceof ResourceNotFoundException) {
            return absent(secret);
        }
        String code = Optional.ofNullable(answered.awsErrorDetails()).map(AwsErrorDetails::errorCode)
                .orElse("HTTP " + answered.statusCode());
        String named = "AWS Secrets Manager answered " + code + " for secret " + secret;
        if (isOfTheKeyService(answered)) {
            return new StoreException(StoreFailure.Kind.DENIED, named
                    + ": the daemon's role lacks a right on the KMS key of the secret (kms:Decrypt, kms:GenerateDataKey)");
        }
        if (DENIED.contains(code) || answered.statusCode() == 403) {
            return new StoreException(StoreFailure.Kind.DENIED, named
                    + ": the daemon's role lacks a right, or its credentials have expired");
        }
        if (answered.isThrottlingException()) {
            return new StoreException(StoreFailure.Kind.UNAVAILABLE, named + ": it is tried again");
        }
        if (answered.statusCode() >= 500) {
            return new StoreException(unanswered, named);
        }
        if (code.equals("InvalidRequestException")) {
            return new StoreException(StoreFailure.Kind.UNAVAILABLE, named + ": it may be scheduled for deletion "
                    + "(aws secretsmanager restore-secret --secret-id " + secret + ")");
        }
        if (code.equals("LimitExceededException")) {
            return new StoreException(StoreFailure.Kind.UNAVAILABLE, named
                    + ": the secret has too many versions or labels; confirm pending revocations");
        }
        return new StoreException(StoreFailure.Kind.CONFLICT, named + ": somebody else may have changed it");
    }

    /** AWS uses one code for both kinds of right, and tells them apart in words only. */
    private static boolean isOfTheKeyService(AwsServiceException answered) {
        return Optional.ofNullable(answered.awsErrorDetails()).map(AwsErrorDetails::errorMessage)
                .filter(message -> message.contains("KMS")).isPresent() && answered.statusCode() < 500;
    }

    static StoreException absent(String secret) {
        return new StoreException(StoreFailure.Kind.NOT_FOUND, "AWS Secrets Manager has no secret " + secret
                + ": create it (aws secretsmanager create-secret --name " + secret + "), or correct its name");
    }
}

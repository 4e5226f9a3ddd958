package io.keywane.store;

import io.keywane.engine.AwsSettings;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyName;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Examines the secrets of a store in AWS without changing anything. Rights to read are tried by reading. Rights to write
 * are tried by calls that change nothing whatever comes of them: a label is taken from a version that does not have it, and
 * a value that the secret holds is stored again under its own token.
 */
final class AwsInspection {
    private static final String POLICY = "compare the role's policy with config/aws/rotate.json";
    /** Nothing ever has it. */
    private static final String LABEL_OF_NOBODY = "keywane-check";

    private final String called;
    private final AwsSettings settings;
    private final SecretsManagerClient client;
    private final Map<String, KeyName> owners = new TreeMap<>();
    private final List<StoreFinding> findings = new ArrayList<>();

    AwsInspection(String called, AwsSettings settings, SecretsManagerClient client) {
        this.called = called;
        this.settings = settings;
        this.client = client;
    }

    /** One list for one examination. */
    List<StoreFinding> inspect(Map<KeyName, StoreReference> places) {
        new TreeMap<>(places).forEach(this::secret);
        if (places.isEmpty()) {
            findings.add(StoreFinding.ok(called, "no key is kept in it, so there is no secret to try"));
        }
        owners.keySet().stream().findFirst().ifPresent(this::excess);
        return List.copyOf(findings);
    }

    private void secret(KeyName key, StoreReference place) {
        AwsCalls calls = new AwsCalls(client, place, pause -> LockSupport.parkNanos(pause.toNanos()));
        String subject = "key " + key;
        try {
            int before = findings.size();
            AwsLabels labels = calls.labels();
            shared(key, subject, labels);
            rotation(subject, place, labels);
            quota(subject, place, labels);
            readable(calls, place, labels);
            rights(subject, calls, labels);
            if (findings.size() == before) {
                findings.add(StoreFinding.ok(subject, "secret " + place.path() + " in " + settings.region()
                        + " can be read and written; " + labels.free() + " of " + AwsLabels.QUOTA
                        + " labels are free"));
            }
        } catch (StoreException e) {
            findings.add(new StoreFinding(StoreFinding.Severity.PROBLEM, subject, String.valueOf(e.getMessage()),
                    Optional.of(e.kind() == StoreFailure.Kind.DENIED ? POLICY : "see docs/stores.md")));
        }
    }

    /** A secret may be named in two ways. */
    private void shared(KeyName key, String subject, AwsLabels labels) {
        KeyName other = owners.putIfAbsent(labels.arn(), key);
        if (other != null) {
            findings.add(StoreFinding.problem(subject, "its secret is that of key " + other + " as well",
                    "give each key a secret of its own"));
        }
    }

    private void rotation(String subject, StoreReference place, AwsLabels labels) {
        if (labels.rotated()) {
            findings.add(StoreFinding.problem(subject, "secret " + place.path() + " is rotated by a Lambda function",
                    "aws secretsmanager cancel-rotate-secret --secret-id " + place.path()));
        }
    }

    private void quota(String subject, StoreReference place, AwsLabels labels) {
        if (labels.free() < AwsSecret.LABELS_OF_A_ROTATION) {
            findings.add(StoreFinding.problem(subject, "secret " + place.path() + " has " + labels.free() + " of "
                    + AwsLabels.QUOTA + " staging labels left, and a rotation needs " + AwsSecret.LABELS_OF_A_ROTATION,
                    "revoke the flagged keys in the vendor's dashboard and confirm it"));
        }
    }

    /** Throws if what consumers read cannot be read, or is not as configured. */
    private static void readable(AwsCalls calls, StoreReference place, AwsLabels labels) {
        labels.holder(AwsLabels.CURRENT).flatMap(calls::text).ifPresent(text -> new SecretText(place).key(text));
    }

    private void rights(String subject, AwsCalls calls, AwsLabels labels) {
        List<String> missing = new ArrayList<>();
        Optional<String> anyVersion = labels.stages().keySet().stream().sorted().findFirst();
        anyVersion.filter(version -> isDenied(() -> calls.take(LABEL_OF_NOBODY, version)))
                .ifPresent(_ -> missing.add("secretsmanager:UpdateSecretVersionStage"));
        Optional<String> ours = labels.ours();
        ours.filter(version -> isDenied(() -> putAgain(calls, labels, version)))
                .ifPresent(_ -> missing.add("secretsmanager:PutSecretValue"));
        int tried = (anyVersion.isPresent() ? 1 : 0) + (ours.isPresent() ? 1 : 0);
        if (!missing.isEmpty() && missing.size() == tried) {
            findings.add(
                    StoreFinding.warning(subject, "the role may read and not write: enough to watch, not to rotate",
                            "to rotate, give it the policy config/aws/rotate.json"));
        } else {
            missing.forEach(right -> findings.add(StoreFinding.problem(subject, "missing right: " + right, POLICY)));
        }
        if (ours.isEmpty()) {
            findings.add(
                    StoreFinding.unknown(subject, "whether secretsmanager:PutSecretValue is allowed shows only once"
                            + " a key is in custody", "hand one in, then check again"));
        }
    }

    private static void putAgain(AwsCalls calls, AwsLabels labels, String version) {
        calls.text(version).ifPresent(text -> calls.put(version, text,
                AwsLabels.held(labels.idOf(version).orElseThrow())));
    }

    private static boolean isDenied(Runnable call) {
        try {
            call.run();
            return false;
        } catch (StoreException e) {
            if (e.kind() == StoreFailure.Kind.DENIED) {
                return true;
            }
            if (e.kind() == StoreFailure.Kind.CONFLICT || e.kind() == StoreFailure.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void excess(String arn) {
        findings.add(StoreFinding.unknown(called,
                "whether the role may also delete secrets or open them to others cannot be"
                        + " seen from here",
                "aws iam simulate-principal-policy --policy-source-arn ROLE --action-names"
                        + " secretsmanager:DeleteSecret secretsmanager:PutResourcePolicy --resource-arns " + arn));
    }
}

package io.keywane.store;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.net.URI;

/** The contract against whatever server {@code KEYWANE_TEST_AWS_ENDPOINT} names. */
@EnabledIfEnvironmentVariable(named = AwsEndpointContractTest.ENDPOINT, matches = ".+")
class AwsEndpointContractTest extends AwsServerContract {
    static final String ENDPOINT = "KEYWANE_TEST_AWS_ENDPOINT";

    @Override
    URI endpoint() {
        return URI.create(System.getenv(ENDPOINT));
    }
}

package io.keywane.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Against our strict stand-in, which also counts labels and fences every move. */
class AwsUnderFaultsTest extends AwsUnderFaults {
    private final AwsStandIn aws = new AwsStandIn();

    @Override
    @BeforeEach
    void open() throws IOException {
        aws.create(secret());
        super.open();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Override
    URI endpoint() {
        return aws.endpoint();
    }

    @Override
    String secret() {
        return "prod/search";
    }

    @Override
    Optional<String> served() {
        return aws.current(secret()).filter(text -> text.startsWith("jbe_"));
    }
}

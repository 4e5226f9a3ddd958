package io.keywane.usage.sim;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The picture in docs is what the code does now. {@code mvn test -Dtest=DrainPictureTest -Dkeywane.draw=true} draws it anew. */
class DrainPictureTest {
    private static final Path PICTURE = Path.of(System.getProperty("keywane.home", "."), "docs", "drain.svg");

    @Test
    void picture_inDocs_isWhatTheSimulationDraws() throws IOException {
        String drawn = DrainPicture.draw();
        if (Boolean.getBoolean("keywane.draw")) {
            Files.writeString(PICTURE, drawn);
        }

        assertThat(Files.readString(PICTURE)).isEqualTo(drawn);
    }
}

package io.keywane.rotation;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The diagrams and the table of docs/rotation.md are those of the edges in code; on a mismatch the right text is in the message. */
class DiagramTest {
    private static final Path PAGE = Path.of("docs/rotation.md");

    @Test
    void page_drawsTheEdgesOfRotations() throws IOException {
        StringBuilder drawing = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> AWAITING_KEY\n");
        Transitions.ROTATION.forEach(edge -> line(drawing, edge.from().name(), edge.to().name(), edge.reasons()));
        for (RotationState state : RotationState.values()) {
            if (state.isTerminal()) {
                drawing.append("    ").append(state).append(" --> [*]\n");
            }
        }
        assertThat(page()).contains(drawing.append("```\n"));
    }

    @Test
    void page_drawsTheEdgesOfVersions() throws IOException {
        StringBuilder drawing = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> CANDIDATE\n");
        Transitions.VERSIONS.forEach(edge -> line(drawing, edge.from().name(), edge.to().name(), edge.reasons()));
        assertThat(page()).contains(drawing.append("    REVOKED --> [*]\n```\n"));
    }

    @Test
    void page_explainsEveryReason() throws IOException {
        StringBuilder table = new StringBuilder("| reason | says |\n|---|---|\n");
        for (Reason reason : Reason.values()) {
            table.append("| `").append(reason.word()).append("` | ").append(reason.sentence()).append(" |\n");
        }
        assertThat(page()).contains(table);
    }

    private static void line(StringBuilder drawing, String from, String to, Set<Reason> reasons) {
        drawing.append("    ").append(from).append(" --> ").append(to).append(": ")
                .append(reasons.stream().map(Reason::word).sorted().collect(Collectors.joining(", "))).append('\n');
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }
}

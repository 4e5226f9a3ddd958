package io.keywane.config;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a file into memory as a tree of marked nodes, or says why it cannot. */
final class YamlSource {
    private static final int LARGEST = 16 * 1024 * 1024;

    private YamlSource() {}

    static Optional<Node> read(Path file, Problems problems) {
        Optional<String> text = text(file, problems);
        text.ifPresent(content -> InlineSecrets.find(content, problems));
        return text.flatMap(content -> compose(content, problems));
    }

    private static Optional<String> text(Path file, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                return fail(problems, "is a folder, not a file");
            }
            if (Files.size(file) > LARGEST) {
                return fail(problems, "is larger than 16 MiB");
            }
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (NoSuchFileException e) {
            return fail(problems, "does not exist");
        } catch (AccessDeniedException e) {
            return fail(problems, "may not be read by this user");
        } catch (CharacterCodingException e) {
            return fail(problems, "is not UTF-8 text");
        } catch (IOException e) {
            return fail(problems, "cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> fail(Problems problems, String message) {
        problems.add(ConfigProblem.ofFile(message));
        return Optional.empty();
    }

    private static Optional<Node> compose(String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(LARGEST).build();
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            Optional<Node> root = new Compose(settings).composeString(content);
            if (root.isEmpty()) {
                problems.add(ConfigProblem.ofFile("is empty; config/keywane.yaml shows every field"));
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().or(e::getContextMark).map(Place::of).orElse(Place.START);
            problems.add(place, "", "is not YAML: " + words(e));
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(ConfigProblem.ofFile("is not YAML: it has a character that YAML does not allow"));
            return Optional.empty();
        }
    }

    /** The parser's own words without the excerpt of the file, which may hold anything. */
    private static String words(MarkedYamlEngineException e) {
        String context = e.getContext() == null || e.getContext().isBlank() ? "" : e.getContext().strip() + ", ";
        return (context + (e.getProblem() == null ? "unknown fault" : e.getProblem())).strip();
    }
}

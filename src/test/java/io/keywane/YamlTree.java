package io.keywane;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** YAML as a tree of JSON nodes, for tests. Repeated fields are errors. */
final class YamlTree {
    private static final JsonMapper JSON = new JsonMapper();

    private YamlTree() {}

    static JsonNode read(Path file) throws IOException {
        return documents(Files.readString(file)).getFirst();
    }

    /** All documents of a text; empty ones are left out. */
    static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadAllFromString(yaml)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }
}

package io.keywane.demo;

import java.net.URI;

/** The daemon's configuration file: an ordinary one, since the daemon knows nothing of demonstrations. */
final class DaemonConfiguration {
    private DaemonConfiguration() {}

    /** The file's text. Its relative paths start from the folder that it lies in. */
    static String text(URI baseUrl) {
        return provider(baseUrl) + """
                organisations:
                  %s:
                    credits_low: 500
                keys:
                  %s:
                    organisation: %1$s
                    owner: demo
                    environment: test
                    publish:
                      file: %2$s
                    rotation:
                      max_age: never
                      approval: automatic
                      propagation_delay: 3s
                      quiet_period: 30s
                      quiet_from_history: false
                      switch_share: 0.7
                      verify_patience: 10s
                """.formatted(Names.ORGANISATION, Names.KEY) + workings();
    }

    private static String provider(URI baseUrl) {
        return "provider:\n  base_url: " + baseUrl + "\n" + ApiModel.groups();
    }

    private static String workings() {
        // Its windows are declared as the sandbox has them; a calibration would only make the demonstration longer.
        return """
                calibration: {enabled: false}
                probing:
                  interval: 5s
                  balance_interval: 10s
                  timeout: 2s
                  credits_per_day: 10000
                  share_of_limit: 0.3
                storage:
                  keys: %s
                  key_encryption_key: {file: %s}
                  database: %s
                  publish: %s
                service:
                  http: 127.0.0.1:0
                  socket: %s
                  operators: []
                """.formatted(Names.KEYS_FOLDER, Names.KEY_ENCRYPTION_KEY, Names.DATABASE, Names.PUBLISH_FOLDER,
                Names.SOCKET);
    }
}

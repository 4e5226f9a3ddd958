package io.keywane;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.keywane.config.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The Helm chart, rendered by real Helm and read by the Kubernetes API's own types. */
class ChartTest {
    private static final Path CHART = Path.of("charts/keywane").toAbsolutePath();
    private static final Path VALUES = Path.of("src/test/resources/chart").toAbsolutePath();
    @TempDir
    Path copies = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"minimal.yaml", "everything.yaml"})
    void template_values_giveManifestsOfKnownFieldsOnly(String values) throws IOException {
        Manifests manifests = render(values);

        manifests.only(Deployment.class);
        manifests.named("watch-keywane").only(ConfigMap.class);
        manifests.only(Service.class);
        manifests.only(PersistentVolumeClaim.class);
        renderTests(values).only(Pod.class);
    }

    @Test
    void template_minimal_makesNothingThatWasNotAskedFor() {
        assertThat(render("minimal.yaml").kinds())
                .containsExactly("ConfigMap", "Deployment", "PersistentVolumeClaim", "Service");
    }

    @Test
    void template_everything_addsTheOptionalParts() {
        assertThat(render("everything.yaml").kinds()).contains("NetworkPolicy", "PodDisruptionBudget",
                "PrometheusRule", "ServiceMonitor");
    }

    @Test
    void lint_defaultsWithASecretName_findsNothing() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.getMessages()).noneMatch(message -> message.contains("[ERROR]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal.yaml", "everything.yaml"})
    void pods_always_areConfined(String values) throws IOException {
        assertConfined(render(values).only(Deployment.class).getSpec().getTemplate().getSpec());
        assertConfined(renderTests(values).only(Pod.class).getSpec());
    }

    @Test
    void deployment_onSqlite_isOneReplicaThatIsRecreated() {
        Deployment deployment = render("minimal.yaml").only(Deployment.class);

        assertThat(deployment.getSpec().getReplicas()).isOne();
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void deployment_secrets_areMountedForTheGroupAtMost() {
        PodSpec pod = render("everything.yaml").only(Deployment.class).getSpec().getTemplate().getSpec();

        assertThat(pod.getVolumes()).filteredOn(volume -> volume.getSecret() != null)
                .allSatisfy(volume -> assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440))
                .extracting(volume -> volume.getSecret().getSecretName())
                .containsExactly("keywane-kek", "vault-login", "webhook");
        assertThat(pod.getSecurityContext().getFsGroupChangePolicy()).isEqualTo("OnRootMismatch");
        assertThat(pod.getContainers()).allSatisfy(container -> assertThat(container.getEnv()).isEmpty());
    }

    @Test
    void deployment_webIdentity_isATokenForTheStoreAndNotTheClusters() {
        PodSpec pod = render("everything.yaml").only(Deployment.class).getSpec().getTemplate().getSpec();

        assertThat(pod.getServiceAccountName()).isEqualTo("keywane");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getVolumes()).filteredOn(volume -> volume.getProjected() != null).singleElement()
                .satisfies(volume -> assertThat(volume.getProjected().getSources()).singleElement()
                        .satisfies(source -> assertThat(source.getServiceAccountToken().getAudience())
                                .isEqualTo("sts.amazonaws.com")));
        PodSpec minimal = render("minimal.yaml").only(Deployment.class).getSpec().getTemplate().getSpec();
        assertThat(minimal.getServiceAccountName()).isNull();
        assertThat(minimal.getVolumes()).noneMatch(volume -> volume.getProjected() != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.stores.vault.surprise", "config.stores.vault.login.surprise",
        "config.stores.vault.region", "config.stores.aws.surprise", "config.stores.aws.mount",
        "config.stores.aws.credentials.surprise", "config.stores.aws.credentials.web_identity.surprise",
        "config.keys.search-production.store.surprise", "webIdentity.surprise"})
    void values_unknownFieldOfAStore_areRefused(String field) {
        String last = field.substring(field.lastIndexOf('.') + 1);

        assertThatThrownBy(() -> template("everything.yaml").set(field, "x").call()).hasMessageContaining(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.stores.vault.login.token", "config.stores.aws.credentials.web_identity.token"})
    void values_tokenOfAStore_isAPlaceAndNeverTheToken(String field) {
        assertThatThrownBy(() -> template("everything.yaml").set(field, "x").call())
                .hasMessageContaining("values don't meet the specifications of the schema");
    }

    @Test
    void deployment_probes_askTheDaemonOnly() {
        Container container = render("minimal.yaml").only(Deployment.class).getSpec().getTemplate().getSpec()
                .getContainers().getFirst();

        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/-/healthy");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/-/ready");
        assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/-/ready");
    }

    @Test
    void deployment_changedConfiguration_rollsThePod() {
        assertThat(checksum(template("minimal.yaml"))).isEqualTo(checksum(template("minimal.yaml")));
        assertThat(checksum(template("minimal.yaml").set("config.probing.interval", "30s")))
                .isNotEqualTo(checksum(template("minimal.yaml")));
    }

    @Test
    void configuration_everything_isTheUsersPartAndTheChartsOwn() throws IOException {
        String file = render("everything.yaml").named("watch-keywane").tree("ConfigMap").at("/data/keywane.yaml")
                .asString();
        JsonNode configuration = YamlTree.documents(file).getFirst();
        JsonNode given = YamlTree.read(VALUES.resolve("everything.yaml")).get("config");

        given.properties().forEach(section -> assertThat(configuration.get(section.getKey())).as(section.getKey())
                .isEqualTo(section.getValue()));
        assertThat(configuration.at("/storage/key_encryption_key/file").asString())
                .isEqualTo("/etc/keywane-sealing/key-encryption-key");
        assertThat(configuration.at("/service/http").asString()).isEqualTo("0.0.0.0:9847");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal.yaml", "everything.yaml"})
    void configuration_rendered_isReadByTheDaemonsOwnLoader(String values) throws Exception {
        String file = render(values).named("watch-keywane").tree("ConfigMap").at("/data/keywane.yaml").asString();
        Path written = Files.writeString(copies.resolve("keywane.yaml"), file);

        assertThat(new ConfigLoader(Map.of()).load(written).keys()).isNotEmpty();
    }

    @Test
    void prometheusRule_enabled_holdsTheVeryRuleFiles() throws IOException {
        List<JsonNode> groups = new ArrayList<>();
        for (Path file : List.of(AlertRulesFile.PATH, AlertRulesFile.RECORDING)) {
            YamlTree.read(file).get("groups").forEach(groups::add);
        }

        JsonNode spec = render("everything.yaml").tree("PrometheusRule").get("spec");
        assertThat(spec.propertyNames()).containsExactly("groups");
        assertThat(spec.get("groups")).containsExactlyElementsOf(groups);
    }

    @Test
    void serviceMonitor_enabled_selectsTheServiceUnderTheJobOfTheRules() {
        Manifests manifests = render("everything.yaml");
        JsonNode monitor = manifests.tree("ServiceMonitor").get("spec");
        Service service = manifests.only(Service.class);

        assertThat(monitor.get("jobLabel").asString()).isEqualTo("app.kubernetes.io/name");
        assertThat(service.getMetadata().getLabels()).containsEntry("app.kubernetes.io/name", "keywane");
        assertThat(monitor.at("/selector/matchLabels").properties()).allSatisfy(label -> assertThat(
                service.getMetadata().getLabels()).containsEntry(label.getKey(), label.getValue().asString()));
        assertThat(monitor.at("/endpoints/0/port").asString())
                .isEqualTo(service.getSpec().getPorts().getFirst().getName());
    }

    @Test
    void service_always_selectsTheDaemonAndNotTheTestPod() throws IOException {
        Manifests manifests = render("minimal.yaml");
        Service service = manifests.only(Service.class);

        assertThat(manifests.only(Deployment.class).getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
        assertThat(renderTests("minimal.yaml").only(Pod.class).getMetadata().getLabels().get("app.kubernetes.io/name"))
                .isNotEqualTo(service.getSpec().getSelector().get("app.kubernetes.io/name"));
    }

    @Test
    void networkPolicy_enabled_letsOutToNameServersTheApiAndTheAlertmanagersOnly() {
        NetworkPolicy policy = render("everything.yaml").only(NetworkPolicy.class);

        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(portsOut(policy)).containsExactly(53, 53, 443, 8443, 9093);
        assertThat(policy.getSpec().getIngress()).singleElement()
                .satisfies(rule -> assertThat(rule.getFrom()).hasSize(1));
    }

    @Test
    void networkPolicy_withoutPush_letsNothingOutToAlertmanagers() {
        assertThat(portsOut(policy(template("minimal.yaml")))).containsExactly(53, 53, 443);
    }

    @ParameterizedTest
    @CsvSource({"https://alerts.example.com,443", "http://alerts.example.com/am,80", "http://[::1]:9094,9094"})
    void networkPolicy_addressOfAnAlertmanager_letsOutToItsPort(String address, int port) {
        TemplateCommand template = template("minimal.yaml")
                .set("config.alerts.push.alertmanagers[0]", address);

        assertThat(portsOut(policy(template))).containsExactly(53, 53, 443, port);
    }

    private static NetworkPolicy policy(TemplateCommand template) {
        return Manifests.parse(template.set("networkPolicy.enabled", "true").call()).only(NetworkPolicy.class);
    }

    private static List<Integer> portsOut(NetworkPolicy policy) {
        return policy.getSpec().getEgress().stream().flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal()).toList();
    }

    @Test
    void dashboards_enabled_areInAConfigMapThatGrafanaFinds() throws IOException {
        ConfigMap map = render("everything.yaml").named("watch-keywane-dashboards").only(ConfigMap.class);

        assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1")
                .containsEntry("release", "monitoring");
        assertThat(map.getData()).hasSize(3);
        for (Map.Entry<String, String> file : map.getData().entrySet()) {
            assertThat(Path.of("config/grafana", file.getKey())).hasContent(file.getValue());
        }
    }

    @Test
    void podDisruptionBudget_enabled_neverBlocksADrain() {
        PodDisruptionBudget budget = render("everything.yaml").only(PodDisruptionBudget.class);

        assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isOne();
        assertThat(budget.getSpec().getMinAvailable()).isNull();
    }

    @Test
    void claim_existing_isUsedAndNoneIsMade() {
        Manifests manifests = Manifests
                .parse(template("minimal.yaml").set("persistence.existingClaim", "kept").call());

        assertThat(manifests.kinds()).doesNotContain("PersistentVolumeClaim");
        assertThat(manifests.only(Deployment.class).getSpec().getTemplate().getSpec().getVolumes())
                .anySatisfy(volume -> {
                    assertThat(volume.getPersistentVolumeClaim()).isNotNull();
                    assertThat(volume.getPersistentVolumeClaim().getClaimName()).isEqualTo("kept");
                });
    }

    @Test
    void values_withoutASecretName_areRefusedWithTheField() {
        assertThatThrownBy(() -> template("minimal.yaml").set("keyEncryptionKey.existingSecret", "").call())
                .hasMessageContaining("keyEncryptionKey.existingSecret: name an existing Secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"surprise", "image.surprise", "config.surprise", "config.storage",
        "config.service",
        "config.keys.search-production.surprise", "config.keys.search-production.rotation.surprise",
        "config.keys.search-production.key", "config.organisations.acme.surprise", "config.provider.surprise",
        "config.provider.headers.surprise", "config.alerts.surprise", "config.alerts.push.surprise",
        "config.probing.surprise", "log.surprise", "keyEncryptionKey.value", "persistence.surprise",
        "resources.surprise", "resources.limits.surprise", "service.surprise", "serviceMonitor.surprise",
        "prometheusRule.surprise", "dashboards.surprise", "podDisruptionBudget.surprise", "networkPolicy.surprise",
        "secret", "apiKey"})
    void values_unknownField_areRefused(String field) {
        String last = field.substring(field.lastIndexOf('.') + 1);

        assertThatThrownBy(() -> template("minimal.yaml").set(field, "x").call()).hasMessageContaining(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.keys.search-production.owner", "podAnnotations.note", "podLabels.note", "image.tag",
        "config.provider.key_header"})
    void values_keyOfTheVendor_isRefusedAnywhere(String field) {
        String key = "jbe_live_" + "a".repeat(21) + "_" + "b".repeat(8);

        assertThatThrownBy(() -> template("minimal.yaml").set(field, key).call())
                .hasMessageContaining("values don't meet the specifications of the schema");
    }

    @Test
    void schema_everyObject_isClosed() throws IOException {
        assertClosed("", YamlTree.read(CHART.resolve("values.schema.json")));
    }

    private static void assertClosed(String path, JsonNode schema) {
        if (schema.isObject() && schema.path("type").asString("").equals("object")) {
            assertThat(schema.has("additionalProperties")).as("additionalProperties at " + path).isTrue();
            assertThat(schema.get("additionalProperties").asString("")).as(path).isNotEqualTo("true");
        }
        schema.properties().forEach(child -> assertClosed(path + "/" + child.getKey(), child.getValue()));
    }

    private static void assertConfined(PodSpec pod) {
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getContainers()).isNotEmpty().allSatisfy(container -> {
            SecurityContext context = container.getSecurityContext();
            assertThat(context.getPrivileged()).isFalse();
            assertThat(context.getAllowPrivilegeEscalation()).isFalse();
            assertThat(context.getReadOnlyRootFilesystem()).isTrue();
            assertThat(context.getRunAsNonRoot()).isTrue();
            assertThat(context.getRunAsUser()).isPositive();
            assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(context.getCapabilities().getAdd()).isEmpty();
            assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        });
    }

    private static String checksum(TemplateCommand template) {
        return Manifests.parse(template.call()).tree("Deployment")
                .at("/spec/template/metadata/annotations/keywane.io~1config-checksum").asString();
    }

    private static Manifests render(String values) {
        return Manifests.parse(template(values).call());
    }

    /** Helm leaves hooks out of what it renders; as plain manifests of a copy of the chart they are rendered like others. */
    private Manifests renderTests(String values) throws IOException {
        try (Stream<Path> files = Files.walk(CHART, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = copies.resolve(values).resolve(CHART.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replaceAll("(?m)^ *helm.sh/hook.*\\R", ""));
            }
        }
        return Manifests.parse(template(copies.resolve(values), values).call());
    }

    private static TemplateCommand template(String values) {
        return template(CHART, values);
    }

    private static TemplateCommand template(Path chart, String values) {
        return new Helm(chart).template().withName("watch").withNamespace("ops").withKubeVersion("1.30.0")
                .withValuesFile(VALUES.resolve(values));
    }
}

package io.keywane;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The directions between packages, and what keeps the core pure. */
class ArchitectureTest {
    private static final String ROOT = "io.keywane";
    private static final List<String> PURE = List.of("key", "usage", "rotation", "anomaly", "alert");
    /** The whole list of own packages that each package may use. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("key", Set.of()),
            Map.entry("usage", Set.of("key")),
            Map.entry("rotation", Set.of("key", "usage")),
            Map.entry("anomaly", Set.of("key", "usage")),
            Map.entry("alert", Set.of("key", "usage", "anomaly", "rotation")),
            Map.entry("engine", with("evidence")),
            Map.entry("store", with("engine")),
            Map.entry("provider", with("engine")),
            Map.entry("config", with("engine")),
            Map.entry("control", Set.of("key")),
            Map.entry("evidence", Set.of("key")),
            Map.entry("page", Set.of("control", "key")),
            Map.entry("daemon", with("engine", "store", "provider", "config", "control", "evidence", "page")),
            Map.entry("sandbox", Set.of("key")),
            Map.entry("demo", Set.of("control", "sandbox", "key")),
            Map.entry("cli", Set.of("control", "config", "evidence", "key", "usage", "anomaly", "page"))));

    private static JavaClasses product;

    private static Set<String> with(String... more) {
        List<String> all = new ArrayList<>(PURE);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    @BeforeAll
    static void readTheProduct() {
        product = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    static Stream<String> packages() {
        return MAY_USE.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void package_ofTheTable_usesOnlyWhatItMay(String name) {
        String[] allowed = Stream.concat(Stream.of(name), MAY_USE.getOrDefault(name, Set.of()).stream())
                .map(ArchitectureTest::tree)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> others = resideInAPackage(tree(ROOT)).and(not(resideInAnyPackage(allowed)));

        noClasses().that().resideInAPackage(tree(name)).should().dependOnClassesThat(others)
                .allowEmptyShould(name.equals("demo")).check(product);
    }

    @Test
    void table_comparedWithTheProduct_namesEveryPackage() {
        List<String> unlisted = product.stream().map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + ".")).map(name -> name.substring(ROOT.length() + 1))
                .map(name -> name.replaceFirst("\\..*", "")).filter(name -> !MAY_USE.containsKey(name)).distinct()
                .toList();

        assertThat(unlisted).isEmpty();
    }

    @Test
    void packages_takenTogether_haveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(product);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "demo"})
    void standIns_seenFromTheProduct_areUnknown(String standIn) {
        noClasses().that().resideOutsideOfPackages(tree("sandbox"), tree("demo"), ROOT)
                .should().dependOnClassesThat().resideInAPackage(tree(standIn)).check(product);
    }

    @ParameterizedTest
    @MethodSource("pure")
    void purePackage_seenFromOutside_touchesNothingOfTheWorld(String name) {
        noClasses().that().resideInAPackage(tree(name)).should().dependOnClassesThat().resideInAnyPackage(
                "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..", "javax.sql..",
                "java.util.concurrent..", "java.util.logging..", "org.slf4j..", "ch.qos.logback..",
                "tools.jackson..", "com.fasterxml.jackson..", "org.jdbi..", "org.quartz..", "io.micrometer..")
                .check(product);
    }

    static Stream<String> pure() {
        return PURE.stream();
    }

    @ParameterizedTest
    @MethodSource("pure")
    void purePackage_askedForTheTime_hasNoClock(String name) {
        noClasses().that().resideInAPackage(tree(name))
                .should().dependOnClassesThat().belongToAnyOf(Thread.class, ThreadLocal.class, java.time.Clock.class)
                .orShould().callMethod(System.class, "currentTimeMillis").orShould()
                .callMethod(System.class, "nanoTime")
                .orShould().callMethod(java.time.Instant.class, "now")
                .orShould().callMethod(Math.class, "random").check(product);
    }

    @Test
    void keyMaterial_amongAllClasses_isTheOnlyOneThatExposes() {
        methods().that().haveNameMatching("expose([A-Z].*)?").should()
                .beDeclaredIn("io.keywane.key.KeyMaterial").check(product);
    }

    @Test
    void sql_amongAllClasses_isSpokenByTheStoreOnly() {
        noClasses().that().resideOutsideOfPackage(tree("store")).should().dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "org.sqlite..")
                .check(product);
    }

    /** The driver's delete takes away every version of a secret with its history; nothing of that kind is ever called. */
    @Test
    void vaultDriver_amongAllClasses_isNeverAskedToDelete() {
        noClasses().should().callMethodWhere(describe("deletes at Vault",
                call -> call.getTargetOwner().getPackageName().startsWith("io.github.jopenlibs.vault.api")
                        && call.getName().matches("(?i).*(delete|destroy|revoke|upgrade|seal|disable).*")))
                .check(product);
    }

    @Test
    void packages_ofTheProduct_areNullMarked() {
        classes().that().haveSimpleName("package-info").should()
                .beAnnotatedWith(org.jspecify.annotations.NullMarked.class).check(product);
    }

    private static String tree(String name) {
        return name.startsWith(ROOT) ? name + ".." : ROOT + "." + name + "..";
    }
}

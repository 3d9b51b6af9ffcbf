package io.twostep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan of the house, and that it is built so. */
class DependencyRulesTest {

    private static final String ROOT = "io.twostep";

    /** What each room may use besides itself; a feature's face and memory may use what the feature may. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            room("error"),
            room("matrix", "error"),
            room("nn", "matrix", "error"),
            room("features", "matrix", "error"),
            room("training", "nn", "features", "matrix", "error"),
            room("storage", "error"),
            room("observability", "matrix"),
            room("web", "error"),
            room("dataset", "features", "storage", "observability", "error"),
            room("network", "nn", "storage", "error"),
            room("model", "training", "nn", "features", "storage", "error"),
            room(
                    "job",
                    "model",
                    "dataset",
                    "network",
                    "training",
                    "nn",
                    "features",
                    "matrix",
                    "storage",
                    "observability",
                    "error"),
            room("prediction", "model", "nn", "features", "matrix", "observability", "error"),
            room("sample", "dataset", "network", "nn", "storage"));

    private static final List<String> CORE = List.of("matrix", "nn", "features", "training", "error");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Stream<String> rooms() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void usesOnlyWhatItMay(String room) {
        Set<String> used = CLASSES.stream()
                .filter(type -> room(type).equals(room))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isOurs(dependency.getTargetClass()))
                        .filter(dependency -> !room(dependency.getTargetClass()).equals(room))
                        .filter(dependency -> !isFaceUsingWeb(type, dependency.getTargetClass()))
                        .map(dependency -> room(dependency.getTargetClass())))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_USE.get(room)).containsAll(used);
    }

    @Test
    void everyRoomIsInThePlan() {
        Set<String> found = CLASSES.stream()
                .filter(type -> !type.getPackageName().equals(ROOT))
                .map(DependencyRulesTest::room)
                .collect(Collectors.toSet());
        assertThat(MAY_USE.keySet()).isEqualTo(found);
    }

    @Test
    void coreKnowsNoFramework() {
        String[] core = CORE.stream().map(room -> ROOT + "." + room + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "jakarta..",
                        "java.sql..",
                        "javax.sql..",
                        "io.micrometer..",
                        "org.slf4j..",
                        "tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void facesAndMemoriesBelongToTheirFeature() {
        for (String part : List.of("web", "store")) {
            for (String room : List.of("dataset", "network", "job", "model", "prediction")) {
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + "." + room + "." + part)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT + "." + room + "." + part)
                        .allowEmptyShould(true)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void hasNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        for (JavaPackage each : CLASSES.getPackage(ROOT).getSubpackagesInTree()) {
            if (!each.getClasses().isEmpty()) {
                assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue();
            }
        }
    }

    @Test
    void nothingIsSerialisedByJavaOrBoundByTheOldJackson() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(CLASSES);
    }

    @Test
    void nothingIsRandomWithoutASeed() {
        for (String source :
                List.of("java.util.Random", "java.util.concurrent.ThreadLocalRandom", "java.security.SecureRandom")) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(source)
                    .check(CLASSES);
        }
        noClasses().should().callMethod(Math.class, "random").check(CLASSES);
    }

    @Test
    void onlyObservabilityNamesAMeter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".observability..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CLASSES);
        classes()
                .that()
                .haveSimpleNameEndingWith("Controller")
                .should()
                .resideInAPackage("..web..")
                .check(CLASSES);
    }

    private static Map.Entry<String, Set<String>> room(String name, String... mayUse) {
        return Map.entry(name, Set.copyOf(Arrays.asList(mayUse)));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".");
    }

    private static boolean isFaceUsingWeb(JavaClass from, JavaClass to) {
        return from.getPackageName().endsWith(".web") && room(to).equals("web");
    }

    private static String room(JavaClass type) {
        String below = type.getPackageName()
                .substring(Math.min(ROOT.length() + 1, type.getPackageName().length()));
        return below.contains(".") ? below.substring(0, below.indexOf('.')) : below;
    }
}

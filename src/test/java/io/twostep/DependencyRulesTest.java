package io.twostep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The plan of the house, as data: which package may use which. */
@AnalyzeClasses(packages = "io.twostep", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {

    private static final String ROOT = "io.twostep";
    private static final String[] CORE = {
        "io.twostep.matrix..", "io.twostep.nn..", "io.twostep.features..", "io.twostep.training.."
    };

    /** The classes that load the native library, which is a file, and call it. */
    private static final String NATIVE = "io\\.twostep\\.matrix\\.(Blas|Native).*";

    /** Where arrays of primitives live. */
    private static final String NO_PACKAGE = "";

    /**
     * What the faces and memories of features may use besides their feature and what that may use; and faces the faces, and
     * memories the memories, of what that may use.
     */
    private static final Map<String, Set<String>> ADDED_BY_PART =
            Map.of("web", Set.of("web", "idempotency"), "store", Set.of("storage"));

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            // the core
            Map.entry("matrix", Set.of("natives", "error")),
            Map.entry("nn", Set.of("matrix", "kind", "error")),
            Map.entry("features", Set.of("matrix", "kind", "error")),
            Map.entry("training", Set.of("nn", "features", "matrix", "kind", "error")),
            // the features
            Map.entry("catalog", Set.of("training", "features", "nn", "kind", "error")),
            Map.entry("dataset", Set.of("csv", "features", "memory", "observability", "storage", "natives", "error")),
            Map.entry("network", Set.of("nn", "kind", "storage", "error")),
            Map.entry("model", Set.of("training", "features", "nn", "matrix", "storage", "error")),
            Map.entry(
                    "job",
                    Set.of(
                            "dataset",
                            "network",
                            "model",
                            "training",
                            "features",
                            "nn",
                            "matrix",
                            "kind",
                            "memory",
                            "observability",
                            "storage",
                            "error")),
            Map.entry(
                    "prediction",
                    Set.of("csv", "model", "features", "nn", "matrix", "memory", "observability", "error")),
            Map.entry(
                    "scoring",
                    Set.of(
                            "job",
                            "prediction",
                            "dataset",
                            "model",
                            "features",
                            "memory",
                            "observability",
                            "storage",
                            "error")),
            Map.entry(
                    "evaluation",
                    Set.of(
                            "scoring",
                            "job",
                            "prediction",
                            "dataset",
                            "model",
                            "training",
                            "features",
                            "nn",
                            "matrix",
                            "memory",
                            "error")),
            Map.entry(
                    "preflight",
                    Set.of(
                            "job",
                            "dataset",
                            "model",
                            "training",
                            "features",
                            "nn",
                            "matrix",
                            "memory",
                            "kind",
                            "error")),
            Map.entry(
                    "search",
                    Set.of(
                            "job",
                            "dataset",
                            "model",
                            "training",
                            "features",
                            "nn",
                            "matrix",
                            "kind",
                            "observability",
                            "storage",
                            "error")),
            Map.entry(
                    "crossvalidation",
                    Set.of(
                            "job",
                            "dataset",
                            "model",
                            "training",
                            "features",
                            "nn",
                            "matrix",
                            "observability",
                            "storage",
                            "error")),
            Map.entry("sample", Set.of("dataset", "network", "nn", "storage", "error")),
            // the walls
            Map.entry("csv", Set.of("error")),
            Map.entry("error", Set.of()),
            Map.entry("kind", Set.of("error")),
            Map.entry("natives", Set.of()),
            Map.entry("memory", Set.of("observability", "error")),
            Map.entry("idempotency", Set.of("storage", "error")),
            Map.entry("storage", Set.of("error")),
            Map.entry("observability", Set.of("matrix", "error")),
            Map.entry("web", Set.of("kind", "error")));

    @ArchTest
    static void packagesUseOnlyWhatThePlanAllows(JavaClasses house) {
        Set<String> trespasses = house.stream()
                .flatMap(room -> room.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isOurs(dependency.getTargetClass()))
                .filter(dependency -> !isAllowed(dependency))
                .map(Dependency::getDescription)
                .collect(Collectors.toSet());

        assertThat(trespasses).isEmpty();
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.twostep.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreIsPlainJavaAndEjml = classes()
            .that()
            .resideInAnyPackage(CORE)
            .and()
            .haveNameNotMatching(NATIVE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.twostep..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "org.ejml..",
                    "org.jspecify.annotations",
                    "com.fasterxml.jackson.annotation",
                    NO_PACKAGE);

    @ArchTest
    static final ArchRule nativeLibrariesHaveOneDoor = noClasses()
            .that()
            .haveNameNotMatching(NATIVE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..", "dev.ludovic..");

    @ArchTest
    static final ArchRule nothingIsSerializedByJava =
            noClasses().should().dependOnClassesThat().belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class);

    @ArchTest
    static final ArchRule nothingIsLeftToChance = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(ThreadLocalRandom.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule jsonIsReadByJackson3 = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule onlyObservabilityNamesAMeter = noClasses()
            .that()
            .resideOutsideOfPackage("io.twostep.observability..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule theServiceCallsNobody = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "org.springframework.web.client..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(java.net.HttpURLConnection.class, java.net.Socket.class);

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses house) {
        Set<String> unmarked = house.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());

        assertThat(unmarked).isEmpty();
    }

    @ArchTest
    static void everyPackageIsInThePlan(JavaClasses house) {
        Set<String> rooms = house.stream()
                .map(DependencyRulesTest::room)
                .filter(room -> !room.isEmpty())
                .collect(Collectors.toSet());

        assertThat(rooms).isEqualTo(MAY_USE.keySet());
    }

    @Test
    void thePlanItselfHasNoCycles() {
        Map<String, Set<String>> left = new HashMap<>(MAY_USE);
        while (left.values().stream().anyMatch(used -> used.stream().noneMatch(left::containsKey))) {
            left.values().removeIf(used -> used.stream().noneMatch(left::containsKey));
        }

        assertThat(left).isEmpty();
    }

    private static boolean isAllowed(Dependency dependency) {
        String from = room(dependency.getOriginClass());
        String to = room(dependency.getTargetClass());
        String fromPart = part(dependency.getOriginClass());
        String toPart = part(dependency.getTargetClass());
        if (from.isEmpty()) {
            return toPart.isEmpty();
        }
        if (from.equals(to)) {
            return toPart.isEmpty() || toPart.equals(fromPart);
        }
        return (toPart.isEmpty() || toPart.equals(fromPart))
                && allowed(from, fromPart).contains(to);
    }

    private static Set<String> allowed(String room, String part) {
        Set<String> allowed = new HashSet<>(MAY_USE.getOrDefault(room, Set.of()));
        allowed.addAll(ADDED_BY_PART.getOrDefault(part, Set.of()));
        return allowed;
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    /** {@code job} for {@code io.twostep.job.web.JobView}; empty for the composition root. */
    private static String room(JavaClass type) {
        String[] steps = type.getPackageName().split("\\.", -1);
        return steps.length > 2 ? steps[2] : "";
    }

    /** {@code web} for {@code io.twostep.job.web.JobView}; empty for the heart of a package. */
    private static String part(JavaClass type) {
        String[] steps = type.getPackageName().split("\\.", -1);
        return steps.length > 3 ? steps[3] : "";
    }
}

package io.twostep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged jar carries and what it leaves on the machine. */
class PackagedJarIT {

    private static final String LIBRARY = ".*\\.(so|dylib|dll|jnilib)([._].*)?";

    /** How the libraries' packagers spell one platform. */
    private static final Map<String, String> SPELLINGS = Map.of(
            "linux-x86_64", "linux[-_](amd64|x86_64)",
            "linux-arm64", "linux[-_](arm64|aarch64)",
            "macosx-arm64", "macosx?[-_](arm64|aarch64)",
            "macosx-x86_64", "macosx?[-_](amd64|x86_64)",
            "windows-x86_64", "windows[-_](amd64|x86_64)");

    @TempDir
    Path folder;

    @Test
    void holdsTheNativeLibrariesOfTheOnePlatformThatItNames() throws IOException {
        String platform;
        Set<String> libraries;
        try (JarFile jar = new JarFile(ServiceProcess.jar().toFile())) {
            platform = jar.getManifest().getMainAttributes().getValue("Native-Platform");
            libraries = libraries(jar);
        }

        assertThat(libraries).anyMatch(name -> name.contains("duckdb"));
        assertThat(libraries).anyMatch(name -> name.contains("netlib"));
        assertThat(libraries).anyMatch(name -> name.contains("libopenblas"));
        assertThat(libraries).allMatch(name -> name.matches(".*" + SPELLINGS.get(platform) + ".*"));
    }

    @Test
    void leavesNoTemporaryFileBehind() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "only Linux lets go of a library that is loaded");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));

        try (ServiceProcess service = ServiceProcess.start(folder.resolve("data"), "-Djava.io.tmpdir=" + temporary)) {
            assertThat(service.api().get("/datasets/vshape").statusCode()).isEqualTo(200); // so DuckDB was at work
            assertThat(files(temporary)).as("of a service that may be killed").noneMatch(name -> name.matches(LIBRARY));
        }
        assertThat(files(temporary)).as("of a service that was stopped").isEmpty();
    }

    private static Set<String> libraries(JarFile jar) throws IOException {
        Set<String> libraries = new TreeSet<>();
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().endsWith(".jar")) {
                try (InputStream nested = jar.getInputStream(entry)) {
                    libraries.addAll(libraries(new JarInputStream(nested)));
                }
            } else if (entry.getName().matches(LIBRARY)) {
                libraries.add(entry.getName());
            }
        }
        return libraries;
    }

    private static Set<String> libraries(JarInputStream jar) throws IOException {
        Set<String> libraries = new TreeSet<>();
        for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
            String name = entry.getName().toLowerCase(Locale.ROOT);
            if (name.matches(LIBRARY)) {
                libraries.add(name);
            }
        }
        return libraries;
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder))
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }
}

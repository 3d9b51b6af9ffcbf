package io.twostep.crash;

import io.twostep.crash.CrashMain.Work;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Java as {@link CrashMain} runs on it, with copies of the class path on which it starts in half the time: folders are
 * jars, so that the classes of one life can be an archive that Java maps, and DuckDB's library lies beside its jar, so
 * that no start unpacks it, in ten thousand writes. Made once for all tests, and deleted with them.
 */
final class LeanJava {

    private static final String LIBRARY = "libduckdb_java.so_";

    /** Which library that jar means for this machine: {@code linux_amd64}, {@code macos_arm64}. */
    private static final String SYSTEM = "_" + property("os.name").substring(0, 3);

    private static final String PROCESSOR = property("os.arch").replace("aarch64", "arm64");

    private static final LeanJava MADE = new LeanJava(Path.of("target").toAbsolutePath());

    private final Path folder;
    private final List<String> options;

    private LeanJava(Path parent) {
        try {
            this.folder = Files.createTempDirectory(parent, "lean");
            Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
            this.options = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classPath());
            archive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a class; the caller adds its arguments. */
    static List<String> command(List<String> javaOptions, String main) {
        return MADE.running("-XX:SharedArchiveFile=" + MADE.archiveFile(), javaOptions, main);
    }

    /** A new folder that goes with the tests. */
    static Path room(String name) {
        try {
            return Files.createDirectory(MADE.folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> running(String archive, List<String> javaOptions, String main) {
        List<String> command = new ArrayList<>(options);
        command.add(archive);
        command.addAll(javaOptions);
        command.add(main);
        return command;
    }

    private Path archiveFile() {
        return folder.resolve("classes.jsa");
    }

    /** Where it fails, Java starts without it. */
    private void archive() throws IOException {
        List<String> command =
                running("-XX:ArchiveClassesAtExit=" + archiveFile(), List.of(), CrashMain.class.getName());
        command.addAll(CrashMain.arguments(folder.resolve("data"), Work.LIVE, "archived", 1));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String classPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                copies.add(jar(path, folder.resolve("folder" + copies.size() + ".jar")));
            } else if (path.getFileName().toString().startsWith("duckdb_jdbc-")) {
                copies.add(withoutLibraries(path));
            } else if (Files.exists(path)) {
                copies.add(entry);
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    /** Spring finds classes only in folders that the jar names. */
    private static String jar(Path classes, Path jar) throws IOException {
        try (ZipOutputStream zip = zip(jar);
                Stream<Path> files = Files.walk(classes).skip(1)) {
            for (Path file : files.toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                zip.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, zip);
                }
            }
        }
        return jar.toString();
    }

    /** Where the driver looks when its jar holds no library. */
    private String withoutLibraries(Path driver) throws IOException {
        Path copy = folder.resolve(driver.getFileName());
        try (ZipFile jar = new ZipFile(driver.toFile());
                ZipOutputStream zip = zip(copy)) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().startsWith(LIBRARY)) {
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(zip);
                } else if (entry.getName().contains(SYSTEM) && entry.getName().endsWith(PROCESSOR)) {
                    Files.copy(jar.getInputStream(entry), folder.resolve(entry.getName()));
                }
            }
        }
        return copy.toString();
    }

    private static ZipOutputStream zip(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION);
        return zip;
    }

    private static String property(String name) {
        return System.getProperty(name).toLowerCase(Locale.ROOT);
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

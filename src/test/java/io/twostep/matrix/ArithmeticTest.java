package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twostep.error.InvalidValueException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArithmeticTest {

    @TempDir
    Path folder;

    /** What a JVM finds as OPENBLAS_CORETYPE; null if it is not set. */
    private @Nullable String kernels = System.getenv("OPENBLAS_CORETYPE");

    @Test
    void findsEachByItsName() {
        assertThat(Arithmetic.named("fast")).isSameAs(Arithmetic.fast());
        assertThat(Arithmetic.named("portable")).isSameAs(Arithmetic.portable());
        assertThat(Arithmetic.fast().name()).isEqualTo("fast");
        assertThat(Arithmetic.portable().name()).isEqualTo("portable");
        assertThatThrownBy(() -> Arithmetic.named("exact"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/arithmetic must be fast or portable but was exact");
    }

    @Test
    void portableIsNeverNative() {
        assertThat(Arithmetic.portable().isNative()).isFalse();
        assertThat(Arithmetic.portable().nativeFailure()).isNull();
        assertThat(Arithmetic.portable().products()).isInstanceOf(JavaProducts.class);
    }

    @Test
    void saysWhichLibraryComputes() {
        assumeTrue(Arithmetic.fast().isNative(), () -> Arithmetic.fast().description());

        assertThat(Arithmetic.fast().description()).startsWith("OpenBLAS ");
        assertThat(Arithmetic.fast().nativeFailure()).isNull();
    }

    @Test
    void saysWhoChoseTheKernels() throws Exception {
        assumeTrue(Arithmetic.fast().isNative(), () -> Arithmetic.fast().description());
        kernels = "Sandybridge";

        assertThat(startedWith().get(1)).contains(" with OPENBLAS_CORETYPE=Sandybridge, ");

        kernels = null;

        assertThat(startedWith().get(1)).doesNotContain("OPENBLAS_CORETYPE");
    }

    @Test
    void goesOnInJavaWhenSwitchedOff() throws Exception {
        assertThat(startedWith("-Dtwostep.native-blas=false"))
                .containsExactly(
                        "false",
                        "plain Java, native BLAS unavailable: switched off by twostep.native-blas=false",
                        "70.0");
    }

    @Test
    void goesOnInJavaWhenTheLibraryCannotBeUnpacked() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        List<String> lines = startedWith("-Dtwostep.native-cache=" + file);

        assertThat(lines).hasSize(3).first().isEqualTo("false");
        assertThat(lines.get(1)).startsWith("plain Java, native BLAS unavailable: FileAlreadyExistsException");
        assertThat(lines.get(2)).isEqualTo("70.0");
    }

    @Test
    void unpacksIntoTheFolderGiven() throws Exception {
        assumeTrue(Arithmetic.fast().isNative(), () -> Arithmetic.fast().description());

        assertThat(startedWith("-Dtwostep.native-cache=" + folder.resolve("new")))
                .startsWith("true");
        assertThat(folder.resolve("new")).isNotEmptyDirectory();
    }

    @Test
    void needsNoHome() throws Exception {
        assumeTrue(Arithmetic.fast().isNative(), () -> Arithmetic.fast().description());

        Path home = folder.resolve("nonexistent");
        assertThat(startedWith("-Duser.home=" + home, "-Djava.io.tmpdir=" + folder))
                .startsWith("true");
        assertThat(home).doesNotExist();
    }

    /** As in the image, where the libraries lie in a folder and in no jar. */
    @Test
    void linksTheFilesOnTheLibraryPath() throws Exception {
        assumeTrue(Arithmetic.fast().isNative(), () -> Arithmetic.fast().description());
        assumeTrue(System.getProperty("os.name").equals("Linux"), "elsewhere the files have other names");
        startedWith("-Dtwostep.native-cache=" + folder.resolve("cache"));
        Path libraries = Files.createDirectory(folder.resolve("libraries"));
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            for (Path file : files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.copy(file, libraries.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.createSymbolicLink(libraries.resolve("libopenblas_nolapack.so"), Path.of("libopenblas_nolapack.so.0"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));

        assertThat(started(
                        withoutNativeJars(),
                        "-Djava.library.path=" + libraries,
                        "-Duser.home=" + folder.resolve("nonexistent"),
                        "-Djava.io.tmpdir=" + temporary))
                .startsWith("true");
        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static String withoutNativeJars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.matches(".*(openblas|javacpp)-[^/]*-linux-[^/]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private List<String> startedWith(String... options) throws IOException, InterruptedException {
        return started(System.getProperty("java.class.path"), options);
    }

    /** What {@link Report} prints in a JVM of its own with these options; nothing may chatter beside it. */
    private List<String> started(String classPath, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Report.class.getName()));
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        if (kernels == null) {
            builder.environment().remove("OPENBLAS_CORETYPE");
        } else {
            builder.environment().put("OPENBLAS_CORETYPE", kernels);
        }
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        assertThat(errors).content().doesNotContain("netlib").doesNotContain("Exception");
        return lines;
    }

    /** Prints the state of the fast arithmetic and one number of a product. */
    static final class Report {
        public static void main(String[] arguments) {
            Arithmetic fast = Arithmetic.fast();
            Example example = Example.of(Form.AB, 70, 70, 70);
            Arrays.fill(example.a().data, 0.5f);
            Arrays.fill(example.b().data, 2f);
            System.out.println(fast.isNative());
            System.out.println(fast.description());
            System.out.println(example.computedBy(fast.products())[0]);
        }
    }
}

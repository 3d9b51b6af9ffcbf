package io.twostep.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobsTest {

    /** Of the three bytes {@code abc}; FIPS 180-2, appendix B.1. */
    private static final String SHA_256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path root;

    private Blobs blobs;

    @BeforeEach
    void open() {
        blobs = new DataFolder(root.resolve("kept")).blobs("things");
    }

    @Test
    void keepsWhatIsWritten() {
        Blob blob = blobs.write("a.bin", out -> out.write("abc".getBytes(UTF_8)));

        assertThat(blob).isEqualTo(new Blob("a.bin", SHA_256_OF_ABC, 3));
        assertThat(blobs.read("a.bin")).asString(UTF_8).isEqualTo("abc");
    }

    @Test
    void keepsAFileThatALibraryWrites() {
        Blob blob = blobs.writeFile("a.bin", file -> Files.writeString(file, "abc"));

        assertThat(blob).isEqualTo(new Blob("a.bin", SHA_256_OF_ABC, 3));
        assertThat(blobs.read("a.bin")).asString(UTF_8).isEqualTo("abc");
    }

    @Test
    void replacesWhatWasThere() {
        blobs.write("a.bin", out -> out.write(1));
        blobs.write("a.bin", out -> out.write(2));

        assertThat(blobs.read("a.bin")).containsExactly(2);
    }

    @Test
    void leavesNothingOfAWriteThatFails() throws IOException {
        blobs.write("a.bin", out -> out.write(1));

        assertThatThrownBy(() -> blobs.write("a.bin", out -> {
                    out.write(2);
                    throw new IOException("broken");
                }))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> blobs.writeFile("b.bin", file -> {
                    Files.writeString(file, "half");
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(blobs.read("a.bin")).containsExactly(1);
        assertThat(files()).containsExactly("a.bin");
    }

    @Test
    void tellsAFullDiskFromABrokenOneAndNamesNoPath() {
        assertThatThrownBy(() -> blobs.write("a.bin", out -> {
                    throw new IOException("/some/where: No space left on device");
                }))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL))
                .hasMessageNotContaining("/");
        assertThatThrownBy(() -> blobs.read("absent"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
                .hasMessageNotContaining("absent");
    }

    @Test
    void findsAFlippedBit() throws IOException {
        Blob blob = blobs.write("a.bin", out -> out.write("abc".getBytes(UTF_8)));
        assertThat(blobs.verify("a.bin", blob.sha256())).isTrue();

        Files.writeString(blobs.path("a.bin"), "abb");

        assertThat(blobs.verify("a.bin", blob.sha256())).isFalse();
        assertThat(blobs.verify("absent", blob.sha256())).isFalse();
    }

    @Test
    void sweepsWhatNobodyOwns() throws IOException {
        blobs.write("live", out -> out.write(1));
        blobs.write("orphan", out -> out.write(1));
        Files.writeString(blobs.path("live").resolveSibling("new_1.unfinished"), "half");

        assertThat(blobs.sweep(Set.of("live", "gone"))).isEqualTo(2);

        assertThat(files()).containsExactly("live");
    }

    @Test
    void sweepsOnlyWhatIsUnfinishedForADatabaseThatKnowsNothing() throws IOException {
        blobs.write("somebodys", out -> out.write(1));
        Files.writeString(blobs.path("somebodys").resolveSibling("new_1.unfinished"), "half");

        assertThat(blobs.sweep(Set.of())).isEqualTo(1);

        assertThat(files()).containsExactly("somebodys");
    }

    @Test
    void deletesAndForgivesAbsence() throws IOException {
        blobs.write("a", out -> out.write(1));

        blobs.delete("a");
        blobs.delete("a");

        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../a", "a/b", "a\\b", "/etc/passwd", ".hidden", "a\0", "x.unfinished"})
    void refusesKeysThatAreNoFileNames(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> blobs.path(key));
    }

    @Test
    void letsNobodyElseIn() throws IOException {
        blobs.write("a", out -> out.write(1));
        blobs.writeFile("b", file -> {
            Files.writeString(file, "b");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        });

        assertThat(modes(blobs.path("a"))).isEqualTo("rw-------");
        assertThat(modes(blobs.path("b"))).isEqualTo("rw-------");
        assertThat(modes(root.resolve("kept"))).isEqualTo("rwx------");
        assertThat(modes(root.resolve("kept/things"))).isEqualTo("rwx------");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("kept/things"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

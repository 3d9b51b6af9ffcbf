package io.twostep.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnpackedLibraryTest {

    private static final Path FOLDER = Path.of("/tmp/of ours");

    @Test
    void findsWhatIsMappedOnceForAllItsSegments() {
        assertThat(mapped(
                        "7f00-7f10 r--p 00000000 08:01 1234   /tmp/of ours/libsum12345.so",
                        "7f10-7f20 r-xp 00001000 08:01 1234   /tmp/of ours/libsum12345.so",
                        "7f20-7f30 rw-p 00000000 00:00 0 ",
                        "7f30-7f40 r-xp 00000000 08:01 99     /lib/x86_64-linux-gnu/libc.so.6"))
                .containsExactly(Path.of("/tmp/of ours/libsum12345.so"));
    }

    @Test
    void sparesWhatNoLoaderUnpackedThere() {
        assertThat(mapped(
                        "7f00-7f10 r-xp 00000000 08:01 1   /tmp/of ours/libsum.so",
                        "7f00-7f10 r-xp 00000000 08:01 2   /tmp/of ours/libsummary12345.so",
                        "7f00-7f10 r-xp 00000000 08:01 3   /tmp/of ours/deeper/libsum12345.so",
                        "7f00-7f10 r-xp 00000000 08:01 4   /opt/libsum12345.so",
                        "7f00-7f10 r-xp 00000000 08:01 5   /tmp/of ours/libsum12345.so (deleted)"))
                .isEmpty();
    }

    private static List<Path> mapped(String... mappings) {
        return UnpackedLibrary.mapped(List.of(mappings), FOLDER, "libsum");
    }
}

package io.twostep.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveTest {

    @TempDir
    Path folder;

    @Test
    void isHeldAndReleasedAndHeldAgain() throws IOException {
        Path file = folder.resolve("reserve");
        Reserve reserve = new Reserve(file, 100_000);

        assertThat(reserve.isHeld()).isTrue();
        assertThat(Files.size(file)).isEqualTo(100_000);

        assertThat(reserve.release()).isTrue();
        assertThat(file).doesNotExist();
        assertThat(reserve.release()).as("a second time").isFalse();

        assertThat(reserve.isHeld()).isTrue();
        assertThat(file).exists();
    }

    @Test
    void isNotTakenFromADiskThatHasLittleRoom() throws IOException {
        Path file = folder.resolve("reserve");
        long most = Files.getFileStore(folder).getTotalSpace();
        Reserve reserve = new Reserve(file, most);

        assertThat(reserve.isHeld()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void mayBeNothing() {
        Reserve none = new Reserve(folder.resolve("reserve"), 0);

        assertThat(none.isHeld()).isTrue();
        assertThat(none.release()).isFalse();
    }
}

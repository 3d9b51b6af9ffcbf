package io.twostep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FloatRowsTest {

    private static final int WIDTH = 7;

    @TempDir
    Path folder;

    @Test
    void readsWhatWasWritten() {
        int rows = 100_000; // 2.8 MB, several of the writer's buffers
        try (FloatRows file = write(rows)) {
            assertThat(file.rows()).isEqualTo(rows);
            assertThat(file.width()).isEqualTo(WIDTH);
            assertHolds(file, rows);
        }
    }

    @Test
    void readsAcrossSegments() throws IOException {
        int rows = 50;
        write(rows);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FloatRows file = FloatRows.of(channel, rows, WIDTH, 250)) { // 8 rows of 28 bytes
            assertHolds(file, rows);
        }
    }

    @Test
    void readsPartOfARowIntoPartOfAnArray() {
        float[] target = {-1, -1, -1, -1};
        try (FloatRows file = write(3)) {
            file.read(2, 3, target, 1, 2);
        }
        assertThat(target).containsExactly(-1, 17, 18, -1);
    }

    @Test
    void refusesNumbersThatAreNotThere() {
        float[] target = new float[WIDTH];
        try (FloatRows file = write(3)) {
            for (int[] place : new int[][] {{-1, 0, 1}, {3, 0, 1}, {0, -1, 1}, {0, 6, 2}, {0, 0, WIDTH + 1}}) {
                assertThatThrownBy(() -> file.read(place[0], place[1], target, 0, place[2]))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThatThrownBy(() -> file.read(0, 0, target, 1, WIDTH)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void holdsNoRows() {
        try (FloatRows file = write(0)) {
            assertThat(file.rows()).isZero();
        }
    }

    @Test
    void refusesHalfARow() {
        try (FloatRowsWriter writer = FloatRowsWriter.create(file(), WIDTH)) {
            writer.write(new float[WIDTH + 1], 0, WIDTH + 1);
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("8 numbers do not make rows of 7");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void freesTheDiskWhenItIsClosed() throws IOException {
        write(1000).close();
        assertThat(Files.size(file())).isZero();
    }

    /** The device that has no room for anything. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsThatTheDiskIsFull() throws IOException {
        FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        try (FloatRowsWriter writer = new FloatRowsWriter(full, WIDTH)) {
            writer.write(new float[WIDTH], 0, WIDTH);
            assertThatThrownBy(writer::finish)
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL));
        }
    }

    private Path file() {
        return folder.resolve("rows");
    }

    /** Counts from 0, row by row. */
    private FloatRows write(int rows) {
        FloatRowsWriter writer = FloatRowsWriter.create(file(), WIDTH);
        float[] counting = new float[rows * WIDTH];
        IntStream.range(0, counting.length).forEach(i -> counting[i] = i);
        int first = Math.min(counting.length, 1000);
        writer.write(counting, 0, first);
        writer.write(counting, first, counting.length - first);
        return writer.finish();
    }

    private static void assertHolds(FloatRows file, int rows) {
        float[] row = new float[WIDTH];
        for (int i = 0; i < rows; i++) {
            file.read(i, 0, row, 0, WIDTH);
            for (int j = 0; j < WIDTH; j++) {
                if (row[j] != i * WIDTH + j) {
                    throw new AssertionError("row " + i + ", column " + j + " is " + row[j]);
                }
            }
        }
    }
}

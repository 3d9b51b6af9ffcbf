package io.twostep.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.ExampleRoom;
import io.twostep.storage.DataFolder;
import io.twostep.training.ExampleStore;
import io.twostep.training.Examples;
import io.twostep.training.ExamplesContract;
import java.nio.file.Path;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in files, and which rows go there. */
class DiskRoomTest extends ExamplesContract {

    /** Ten rows of two inputs and one output. */
    private static final long TEN_ROWS = 10 * 3 * Float.BYTES;

    @TempDir
    Path root;

    private DataFolder data;
    private ExampleRoom withoutHeap;

    @BeforeEach
    void open() {
        data = new DataFolder(root);
        withoutHeap = new DiskRooms(data).open(0);
    }

    @AfterEach
    void close() {
        withoutHeap.close();
    }

    @Override
    protected ExampleStore store() {
        return withoutHeap;
    }

    @Test
    void keepsOnTheHeapWhatFitsThere() {
        try (ExampleRoom room = new DiskRooms(data).open(TEN_ROWS + 5 * 3 * Float.BYTES)) {
            assertThat(tenRows(room)).isNotInstanceOf(FileExamples.class);
            assertThat(tenRows(room)).isInstanceOf(FileExamples.class);
            assertThat(room.open(5, 2, 1)).isNotInstanceOf(FileExamplesWriter.class);
            assertThat(room.open(1, 2, 1)).isInstanceOf(FileExamplesWriter.class);
        }
    }

    @Test
    void leavesNothingBehind() {
        ExampleRoom room = new DiskRooms(data).open(0);
        tenRows(room);
        room.open(10, 2, 1).append(new FMatrixRMaj(5, 2), new FMatrixRMaj(5, 1));
        assertThat(data.temporary()).isNotEmptyDirectory();
        room.close();
        assertThat(data.temporary()).isEmptyDirectory();
    }

    @Test
    void saysAtOnceThatTheDiskHasTooLittleRoom() {
        assertThatThrownBy(() -> withoutHeap.open(Integer.MAX_VALUE, 1_000_000, 1))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL);
                    assertThat(e)
                            .hasMessageMatching("The encoded rows need \\d+ MB of disk, where \\d+ MB are free and .*");
                });
        assertThat(tenRows(withoutHeap).rows()).isEqualTo(10);
    }

    @Test
    void countsWhatOthersWerePromised() {
        DiskRooms rooms = new DiskRooms(data);
        int rows = (int) (data.freeBytes() * 3 / 5 / (1_000 * Float.BYTES)); // fits once, not twice
        try (ExampleRoom first = rooms.open(0)) {
            first.open(rows, 999, 1);
            try (ExampleRoom second = rooms.open(0)) {
                assertThatThrownBy(() -> second.open(rows, 999, 1))
                        .isInstanceOfSatisfying(
                                ServiceException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL));
            }
        }
        try (ExampleRoom third = rooms.open(0)) {
            assertThat(third.open(rows, 999, 1)).isNotNull();
        }
    }

    private static Examples tenRows(ExampleRoom room) {
        ExampleStore.Writer writer = room.open(10, 2, 1);
        writer.append(new FMatrixRMaj(10, 2), new FMatrixRMaj(10, 1));
        return writer.finish();
    }
}

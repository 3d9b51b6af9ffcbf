package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.storage.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BiFunction;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.util.unit.DataSize;

/** Small uploads within small bounds, and the raw tables that come of them. */
final class Uploads {

    static final int MOST_BYTES = 100_000;
    static final int MOST_ROWS = 20;
    static final int MOST_COLUMNS = 10;
    static final int MOST_CELLS = 100;
    static final int LONGEST_LINE = 2_000;

    static final DatasetProperties BOUNDS = new DatasetProperties(
            DataSize.ofBytes(MOST_BYTES),
            200,
            MOST_ROWS,
            MOST_COLUMNS,
            MOST_CELLS,
            DataSize.ofBytes(LONGEST_LINE),
            DataSize.ofMegabytes(64),
            1,
            4);

    private Uploads() {}

    /** What was read of a body, and the lines of the raw file. */
    record Read(RawTable table, List<String> lines) {}

    static Read read(DataFolder folder, byte[] body, BiFunction<Upload, DatasetProperties, RawTable> reader)
            throws IOException {
        try (Upload upload = Upload.receive(new ByteArrayInputStream(body), MOST_BYTES, folder)) {
            RawTable table = reader.apply(upload, BOUNDS);
            return new Read(table, Files.readAllLines(table.file(), StandardCharsets.UTF_8));
        }
    }

    static ServiceException refusal(ErrorCode code, ThrowingCallable call) {
        ServiceException refusal = Assertions.catchThrowableOfType(ServiceException.class, call);
        Assertions.assertThat(refusal).as("a refusal").isNotNull();
        Assertions.assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }
}

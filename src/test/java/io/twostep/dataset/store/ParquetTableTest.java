package io.twostep.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.DatasetProperties;
import io.twostep.dataset.OpenTable;
import io.twostep.dataset.store.ParquetTable.Portions;
import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.ServiceException;
import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.Table;
import io.twostep.features.Texts;
import io.twostep.storage.DataFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A file of many row groups, read in portions. */
class ParquetTableTest {

    private static final int ROWS = 20_000;
    private static final Portions SMALL = new Portions(2 * ROWS + 1, 3_000);

    private static final DatasetProperties BOUNDS = new DatasetProperties(
            DataSize.ofMegabytes(1),
            200,
            ROWS,
            10,
            10 * ROWS,
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(128),
            2,
            4);

    private static final List<DatasetColumn> COLUMNS = List.of(
            new DatasetColumn("number", ColumnType.NUMBER, 0, ROWS),
            new DatasetColumn("whole", ColumnType.INTEGER, ROWS / 5, ROWS),
            new DatasetColumn("truth", ColumnType.BOOLEAN, 0, 2),
            new DatasetColumn("text", ColumnType.CATEGORY, ROWS / 4, 3));

    @TempDir
    Path root;

    private DataFolder data;
    private Path file;

    @BeforeEach
    void write() {
        data = new DataFolder(root);
        Path folder = data.folder("datasets");
        file = folder.resolve("table.parquet");
        new DuckDb(BOUNDS).call(data.temporary(), List.of(folder), database -> {
            try (Statement statement = database.createStatement()) {
                return statement.execute(("copy (select range + 0.5 as c0,"
                                + " case when range %% 5 = 0 then null else range end as c1, range %% 2 = 0 as c2,"
                                + " case when range %% 4 = 0 then null else 't' || range %% 3 end as c3 from range(%d))"
                                + " to %s (format parquet, row_group_size 2048)")
                        .formatted(ROWS, DuckDb.literal(file)));
            }
        });
    }

    @Test
    void showsFewValuesAtATime() {
        List<DatasetColumn> wide = IntStream.range(0, 100)
                .mapToObj(i -> new DatasetColumn("n" + i, ColumnType.NUMBER, 0, ROWS))
                .toList();
        String names = IntStream.range(0, 100).mapToObj(i -> "range as c" + i).collect(Collectors.joining(", "));
        Path wideFile = file.resolveSibling("wide.parquet");
        new DuckDb(BOUNDS).call(data.temporary(), List.of(wideFile.getParent()), database -> {
            try (Statement statement = database.createStatement()) {
                return statement.execute("copy (select %s from range(%d)) to %s (format parquet)"
                        .formatted(names, ROWS, DuckDb.literal(wideFile)));
            }
        });

        List<Integer> rows = new ArrayList<>();
        try (OpenTable table = new ParquetTables(BOUNDS, data).open(wideFile, wide, ROWS)) {
            table.forEachPiece(wide.stream().map(DatasetColumn::name).toList(), piece -> rows.add(piece.rows()));
        }

        assertThat(rows).allMatch(count -> count <= 500);
        assertThat(rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROWS);
    }

    /** From within a group of rows to within the next but one. */
    @Test
    void showsSomeRowsThatFollowEachOther() {
        try (OpenTable table = open(SMALL)) {
            Table some = table.rows(List.of("text", "number"), 2_000, 3_000);

            assertThat(numbers(some, "number")).isEqualTo(Arrays.copyOfRange(expectedNumbers(), 2_000, 5_000));
            assertThat(((Texts) some.column("text")).values())
                    .containsExactly(Arrays.copyOfRange(expectedTexts(), 2_000, 5_000));
            assertThat(numbers(table.rows(List.of("number"), 0, ROWS), "number"))
                    .isEqualTo(expectedNumbers());
            assertThat(numbers(table.rows(List.of("number"), ROWS - 1, 1), "number"))
                    .containsExactly(ROWS - 0.5);
            assertUnreadable(() -> table.rows(List.of("number"), ROWS - 1, 2));
        }
    }

    @Test
    void showsAllRowsInPiecesInTheirOrder() {
        List<Table> pieces = new ArrayList<>();
        try (OpenTable table = open(SMALL)) {
            table.forEachPiece(List.of("text", "number", "whole"), pieces::add);
        }

        assertThat(pieces).allSatisfy(piece -> assertThat(piece.rows()).isBetween(1, 1_000));
        assertThat(pieces.stream()
                        .flatMapToDouble(piece -> Arrays.stream(numbers(piece, "number")))
                        .toArray())
                .isEqualTo(expectedNumbers());
        assertThat(pieces.stream()
                        .flatMapToDouble(piece -> Arrays.stream(numbers(piece, "whole")))
                        .toArray())
                .isEqualTo(expectedWholes());
        assertThat(pieces.stream().flatMap(piece -> Arrays.stream(((Texts) piece.column("text")).values())))
                .containsExactly(expectedTexts());
    }

    @Test
    void showsColumnsInTheOrderAskedAndAsOftenAsAsked() {
        try (OpenTable table = open(SMALL)) {
            for (int time = 0; time < 2; time++) {
                List<ColumnData> shown = new ArrayList<>();
                table.forEachColumn(List.of("text", "whole", "number", "truth"), shown::add);

                assertThat(shown).extracting(ColumnData::name).containsExactly("text", "whole", "number", "truth");
                assertThat(((Texts) shown.get(0)).values()).isEqualTo(expectedTexts());
                assertThat(((Numbers) shown.get(1)).values()).isEqualTo(expectedWholes());
                assertThat(((Numbers) shown.get(2)).values()).isEqualTo(expectedNumbers());
                assertThat(((Texts) shown.get(3)).values()).startsWith("true", "false", "true");
            }
        }
    }

    @Test
    void showsAtLeastOneColumnAndOneRow() {
        List<Integer> sizes = new ArrayList<>();
        try (OpenTable table = open(new Portions(1, 1))) {
            table.forEachColumn(List.of("whole", "text"), column -> sizes.add(column.rows()));
            table.forEachPiece(List.of("whole", "text"), piece -> sizes.add(piece.rows()));
        }

        assertThat(sizes).startsWith(ROWS, ROWS, 1, 1).hasSize(ROWS + 2);
    }

    @Test
    void stopsWhenTheReaderThrowsAndReadsAgain() {
        try (OpenTable table = open(SMALL)) {
            assertThatThrownBy(() -> table.forEachPiece(List.of("number"), piece -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            List<ColumnData> shown = new ArrayList<>();
            table.forEachColumn(List.of("number"), shown::add);
            assertThat(shown.get(0).rows()).isEqualTo(ROWS);
        }
    }

    @Test
    void leavesNothingBehind() {
        open(SMALL).close();
        assertThat(data.temporary()).isEmptyDirectory();
    }

    @Test
    void refusesAColumnThatIsNotThere() {
        try (OpenTable table = open(SMALL)) {
            assertThatThrownBy(() -> table.forEachPiece(List.of("number", "a/b"), piece -> {}))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessage("/a~1b column \"a/b\" is not in the table");
        }
    }

    @Test
    void failsWhereRowsAreMissingOrTooMany() {
        for (int rows : new int[] {ROWS - 1, ROWS + 1}) {
            try (OpenTable table = tables().open(file, COLUMNS, rows, SMALL)) {
                assertUnreadable(() -> table.forEachColumn(List.of("number"), column -> {}));
                assertUnreadable(() -> table.forEachPiece(List.of("number"), piece -> {}));
            }
        }
    }

    @Test
    void failsWhereTheFileIsDamaged() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            bytes.write(new byte[20_000]);
        }
        try (OpenTable table = open(SMALL)) {
            assertUnreadable(() -> table.forEachPiece(List.of("number", "text"), piece -> {}));
        }
    }

    private static void assertUnreadable(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
            assertThat(e).hasMessage(ErrorCode.STORAGE_UNAVAILABLE.title());
        });
    }

    private OpenTable open(Portions portions) {
        return tables().open(file, COLUMNS, ROWS, portions);
    }

    private ParquetTables tables() {
        return new ParquetTables(BOUNDS, data);
    }

    private static double[] numbers(Table piece, String name) {
        return ((Numbers) piece.column(name)).values();
    }

    private static double[] expectedNumbers() {
        return IntStream.range(0, ROWS).mapToDouble(row -> row + 0.5).toArray();
    }

    private static double[] expectedWholes() {
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> row % 5 == 0 ? Double.NaN : row)
                .toArray();
    }

    private static String[] expectedTexts() {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> row % 4 == 0 ? null : "t" + row % 3)
                .toArray(String[]::new);
    }
}

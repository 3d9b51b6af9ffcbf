package io.twostep.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.DatasetProperties;
import io.twostep.dataset.Inferred;
import io.twostep.dataset.OpenTable;
import io.twostep.dataset.RawTable;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Decimal;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.Table;
import io.twostep.features.Texts;
import io.twostep.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ParquetTablesTest {

    private static final DatasetProperties BOUNDS = new DatasetProperties(
            DataSize.ofMegabytes(100),
            200,
            10_000_000,
            10_000,
            100_000_000,
            DataSize.ofBytes(2_000_000),
            DataSize.ofMegabytes(512),
            2,
            4);

    @TempDir
    Path root;

    private ParquetTables tables;
    private Path folder;
    private int rows;

    @BeforeEach
    void open() {
        DataFolder data = new DataFolder(root.resolve("it's a folder"));
        folder = data.folder("datasets");
        tables = new ParquetTables(BOUNDS, data);
    }

    @ParameterizedTest
    @CsvSource({
        "1 2 -3 +4, INTEGER",
        "1 2.5, NUMBER",
        "1. .5 1e3 -2E-4, NUMBER",
        "9007199254740992 1, INTEGER",
        "9007199254740993 1, NUMBER",
        "1e-400 1, NUMBER",
        "-9007199254740992 1, INTEGER",
        "9223372036854775808 1, NUMBER",
        "170141183460469231731687303715884105728 1, NUMBER",
        "-170141183460469231731687303715884105728 1, NUMBER",
        "true FALSE True, BOOLEAN",
        "true 1, CATEGORY",
        "a b a, CATEGORY",
        "1d 2, CATEGORY",
        "0x10 2, CATEGORY",
        "1_000 2, CATEGORY",
        "\uFF11\uFF12 2, CATEGORY",
        "inf inf, CATEGORY",
        "2026-01-31 2026-02-01, DATE",
    })
    void findsTheTypeOfAColumn(String values, ColumnType type) {
        assertThat(write(column("x", values.split(" "))))
                .extracting(DatasetColumn::type)
                .containsExactly(type);
    }

    @Test
    void keepsMissingValuesOfASingleColumn() {
        List<DatasetColumn> columns = write(column("x", null, "1", null, null, "2", null));

        assertThat(columns).containsExactly(new DatasetColumn("x", ColumnType.INTEGER, 4, 2));
        assertThat(((Numbers) read(columns, "x").column("x")).values())
                .containsExactly(Double.NaN, 1, Double.NaN, Double.NaN, 2, Double.NaN);
    }

    @Test
    void keepsAColumnWithoutValues() {
        List<DatasetColumn> columns = write(column("x", null, null), column("y", "1", "2"));

        assertThat(columns.get(0)).isEqualTo(new DatasetColumn("x", ColumnType.CATEGORY, 2, 0));
        assertThat(((Texts) read(columns, "x").column("x")).values()).containsExactly(null, null);
    }

    @Test
    void takesTheKindThatAFormatStates() {
        assertThat(write(
                        column(Kind.NUMBER, "n", "1", "1e-400"),
                        column(Kind.NUMBER, "i", "1", "-0"),
                        column(Kind.BOOLEAN, "b", "true", "false"),
                        column(Kind.TEXT, "t", "1", "2"),
                        column(Kind.TEXT, "inf", "inf", "1")))
                .extracting(DatasetColumn::type)
                .containsExactly(
                        ColumnType.NUMBER,
                        ColumnType.INTEGER,
                        ColumnType.BOOLEAN,
                        ColumnType.CATEGORY,
                        ColumnType.CATEGORY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,5 2 -,5e1; NUMBER; 1.5 2 -5",
                "1 2 3; INTEGER; 1 2 3",
                "1,5 2.5; CATEGORY; 1,5 2.5",
                "1,5 x; CATEGORY; 1,5 x",
            })
    void readsDecimalCommasWhereAllValuesAgree(String values, ColumnType type, String kept) {
        List<DatasetColumn> columns =
                write(new Values(new Column("x", Kind.UNKNOWN, Decimal.COMMA, false), values.split(" ")));

        assertThat(columns).extracting(DatasetColumn::type).containsExactly(type);
        assertThat(tables.rows(file(), columns, 9))
                .extracting(row -> String.valueOf(row.get("x")).replaceAll("[.]0$", ""))
                .containsExactly(kept.split(" "));
    }

    @Test
    void tellsTextFromCategoriesByHowMuchRepeats() {
        String[] names = IntStream.range(0, 50).mapToObj(i -> "name " + i).toArray(String[]::new);
        assertThat(write(column("x", names)).get(0).type()).isEqualTo(ColumnType.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "-Infinity", "1e400"})
    void refusesNumbersThatAreNotFinite(String value) {
        assertThatThrownBy(() -> write(column("x", "1", "2", value)))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NON_FINITE_NUMBER);
                    assertThat(e.problems().get(0).detail())
                            .isEqualTo("column \"x\", row 3: must be a finite number but was \"" + value + "\"");
                });
    }

    @Test
    void countsMissingAndDistinctValues() {
        assertThat(write(column("x", "1", null, "2", "1", null)))
                .containsExactly(new DatasetColumn("x", ColumnType.INTEGER, 2, 2));
    }

    @Test
    void readsBackWhatWasWritten() {
        List<DatasetColumn> columns = write(
                column("a \"b\" \u00e9", "1.5", null, "-2"),
                column("t", "x, y", "say \"hi\"", null),
                column("b", "true", null, "FALSE"),
                column("lines", "one\ntwo", "\u4e2d", ""));
        Table table = read(columns, "b", "a \"b\" \u00e9", "t", "lines");
        assertThat(((Texts) table.column("b")).values()).containsExactly("true", null, "false");
        assertThat(((Numbers) table.column("a \"b\" \u00e9")).values()).containsExactly(1.5, Double.NaN, -2);
        assertThat(((Texts) table.column("t")).values()).containsExactly("x, y", "say \"hi\"", null);
        assertThat(((Texts) table.column("lines")).values()).containsExactly("one\ntwo", "\u4e2d", "");
        assertThat(tables.rows(file(), columns, 2))
                .hasSize(2)
                .first()
                .satisfies(row -> assertThat(row)
                        .containsEntry("a \"b\" \u00e9", 1.5)
                        .containsEntry("t", "x, y")
                        .containsEntry("b", true));
    }

    @Test
    void keepsColumnsApartWhoseNamesDifferInCaseOnly() {
        List<DatasetColumn> columns = write(column("x", "1"), column("X", "2"), column("c0", "3"));
        assertThat(((Numbers) read(columns, "X", "x").column("X")).values()).containsExactly(2);
        assertThat(tables.rows(file(), columns, 1).get(0))
                .containsEntry("x", 1L)
                .containsEntry("X", 2L)
                .containsEntry("c0", 3L);
    }

    @Test
    void keepsTheOrderOfManyRows() {
        int many = 300_000;
        String[] values = IntStream.range(0, many).mapToObj(String::valueOf).toArray(String[]::new);
        List<DatasetColumn> columns = write(column("x", values));
        double[] read = ((Numbers) read(columns, "x").column("x")).values();
        assertThat(read).isEqualTo(IntStream.range(0, many).asDoubleStream().toArray());
    }

    @Test
    void takesThousandsOfColumns() {
        Values[] wide = IntStream.range(0, 2_000)
                .mapToObj(i -> column("c" + i, "1", "2"))
                .toArray(Values[]::new);
        assertThat(write(wide)).hasSize(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_text('/etc/hostname')",
                "copy (select 1) to '/tmp/elsewhere.csv'",
                "install httpfs",
                "load httpfs",
                "set enable_external_access = true",
                "set allowed_directories = ['/']",
                "set memory_limit = '100GB'",
                "attach '/tmp/elsewhere.db'",
            })
    void locksTheDatabaseInItsFolders(String statement) {
        DuckDb duckDb = new DuckDb(BOUNDS);
        assertThatThrownBy(() -> duckDb.call(folder, List.of(folder), database -> {
                    try (Statement attempt = database.createStatement()) {
                        attempt.execute(statement);
                        return "done";
                    } catch (SQLException refused) {
                        throw new IllegalStateException("refused", refused);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("refused");
    }

    @Test
    void tellsNothingOfTheDatabasesInside() {
        assertThatThrownBy(() -> read(List.of(new DatasetColumn("x", ColumnType.NUMBER, 0, 1)), "x"))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
                    assertThat(e).hasMessage(ErrorCode.STORAGE_UNAVAILABLE.title());
                });
    }

    private record Values(Column column, @Nullable String[] values) {}

    private static Values column(String name, @Nullable String... values) {
        return column(Kind.UNKNOWN, name, values);
    }

    private static Values column(Kind kind, String name, @Nullable String... values) {
        return new Values(new Column(name, kind), values);
    }

    private Path file() {
        return folder.resolve("table.parquet");
    }

    private Table read(List<DatasetColumn> columns, String... names) {
        List<ColumnData> shown = new ArrayList<>();
        try (OpenTable table = tables.open(file(), columns, rows)) {
            table.forEachColumn(List.of(names), shown::add);
        }
        return new Table(shown);
    }

    private List<DatasetColumn> write(Values... columns) {
        try {
            Path raw = folder.resolve("raw.csv");
            rows = columns[0].values().length;
            List<String> lines = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                List<String> fields = new ArrayList<>();
                for (Values column : columns) {
                    String value = column.values()[row];
                    fields.add(value == null ? "" : '"' + value.replace("\"", "\"\"") + '"');
                }
                lines.add(String.join(",", fields));
            }
            Files.writeString(raw, String.join("\n", lines) + "\n");
            List<Column> described =
                    List.of(columns).stream().map(Values::column).toList();
            Inferred inferred = new Inferred(
                    DatasetFormat.CSV, "utf-8", ",", "\"", "\"", true, ".", List.of(), List.of(), List.of());
            return tables.write(new RawTable(raw, rows, described, inferred), file(), folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.twostep.dataset;

import static io.twostep.dataset.Uploads.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.storage.DataFolder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

class JsonTableTest {

    @TempDir
    Path root;

    @Test
    void gathersTheColumnsOfAllObjects() throws IOException {
        Uploads.Read read = read("[{\"a\":1,\"b\":\"1\"},{\"c\":true,\"a\":-2.50e1},{\"b\":null,\"d\":null}]");

        assertThat(read.table().columns())
                .containsExactly(
                        new Column("a", Kind.NUMBER),
                        new Column("b", Kind.TEXT),
                        new Column("c", Kind.BOOLEAN),
                        new Column("d", Kind.TEXT));
        assertThat(read.lines()).containsExactly("\"1\",\"1\",,", "\"-2.50e1\",,\"true\",", ",,,");
        assertThat(read.table().rows()).isEqualTo(3);
        assertThat(read.table().inferred().format()).isEqualTo(DatasetFormat.JSON);
    }

    @Test
    void learnsTheKindOfAColumnAfterItsNulls() throws IOException {
        assertThat(read("[{\"a\":null},{\"a\":1},{\"a\":null}]").table().columns())
                .containsExactly(new Column("a", Kind.NUMBER));
    }

    @Test
    void takesStringsAsTheyAreButForBlanksAndMarkers() throws IOException {
        assertThat(read("[{\"a\":\"NA\"},{\"a\":\" ? \"},{\"a\":\"\"},{\"a\":\" x \"},{\"a\":\"say \\\"x\\\", y\"}]")
                        .lines())
                .containsExactly("", "", "", "\"x\"", "\"say \"\"x\"\", y\"");
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        assertThat(read("\ufeff[{\"a\":1}]").table().rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | `` | must be an array of objects",
                "\"a\" | `` | must be an array of objects",
                "1 | `` | must be an array of objects",
                "[[1,2],[3]] | /0 | must be an object",
                "[{\"a\":1},2] | /1 | must be an object",
                "[{\"a\":1},null] | /1 | must be an object",
                "[{\"a\":1},{\"a\":{\"b\":2}}] | /1/a | must be a number, a string, a boolean or null",
                "[{\"a\":[]}] | /0/a | must be a number, a string, a boolean or null",
                "[{\"x/y~z\":{}}] | /0/x~1y~0z | must be a number, a string, a boolean or null",
                "[{\"a\":1},{\"a\":\"1\"}] | /1/a | is a string where the rows before have a number",
                "[{\"a\":\"1\"},{\"a\":true}] | /1/a | is a boolean where the rows before have a string",
                "[{\"a\":true},{},{\"a\":0}] | /2/a | is a number where the rows before have a boolean",
                "[{\"a\":\"x\\u0000\"}] | /0/a | must not hold a NUL character or half of a surrogate pair",
                "[{\"a\":\"\\ud800x\"}] | /0/a | must not hold a NUL character or half of a surrogate pair",
                "[{\"a\":\"\\udc00\"}] | /0/a | must not hold a NUL character or half of a surrogate pair",
            })
    void tellsWhereTheTableIsNone(String json, String pointer, String detail) {
        assertThat(refusal(ErrorCode.DATASET_SHAPE, () -> read(json)).problems())
                .containsExactly(new Problem(pointer, detail));
    }

    @Test
    void takesPairsOfSurrogates() throws IOException {
        assertThat(read("[{\"\\ud83d\\ude00\":\"\\ud83d\\ude00\"}]").lines()).containsExactly("\"\ud83d\ude00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1e999", "1e309"})
    void refusesNumbersThatAreNotFinite(String number) {
        assertThat(refusal(ErrorCode.NON_FINITE_NUMBER, () -> read("[{\"a\":1},{\"a\":" + number + "}]"))
                        .problems())
                .containsExactly(new Problem("/1/a", "must be a finite number"));
    }

    @Test
    void takesNumbersOfManyDigits() throws IOException {
        assertThat(read("[{\"a\":9007199254740993,\"b\":1e-400,\"c\":-0}]").lines())
                .containsExactly("\"9007199254740993\",\"1e-400\",\"-0\"");
        refusal(ErrorCode.NON_FINITE_NUMBER, () -> read("[{\"a\":" + "9".repeat(400) + "}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "[]", "[{}]", "[{},{}]"})
    void refusesATableWithoutValues(String json) {
        refusal(ErrorCode.DATASET_EMPTY, () -> read(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[{\"a\":1}",
                "[{\"a\":1},",
                "[{\"a\":1},]",
                "[{\"a\"}]",
                "[{\"a\":NaN}]",
                "[{\"a\":01}]",
                "[{\"a\":1}]]",
                "[{\"a\":1}] x",
                "[{'a':1}]",
                "[{\"a\":1,\"a\":2}]",
                "[{\"a\":\"x\ny\"}]",
            })
    void refusesWhatIsNoJson(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(StreamReadException.class);
    }

    @Test
    void refusesASecondValue() {
        refusal(ErrorCode.MALFORMED_JSON, () -> read("[{\"a\":1}] [{\"a\":1}]"));
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] body = "[{\"a\":\"x\u00ff\"}]".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(body)).isInstanceOf(StreamReadException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void readsUtf16WhereAByteOrderMarkSaysSo(String charset) throws IOException {
        RawTable table = read("\ufeff[{\"\u00e9\":1}]".getBytes(Charset.forName(charset)))
                .table();

        assertThat(table.names()).containsExactly("\u00e9");
        assertThat(table.inferred().encoding()).isEqualToIgnoringCase(charset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void refusesOtherEncodings(String charset) {
        assertThatThrownBy(() -> read("[{\"a\":1}]".getBytes(Charset.forName(charset))))
                .isInstanceOf(StreamReadException.class);
    }

    @Test
    void refusesColumnNamesThatBreakARule() {
        assertThat(refusal(
                                ErrorCode.INVALID_COLUMN_NAME,
                                () -> read("[{\"\":1,\"a\":1,\"b\\n\":1,\"\\ud800\":1," + "\"x\\u0000\":1}]"))
                        .problems())
                .extracting(Problem::detail)
                .containsExactly(
                        "column 1 has no name",
                        "column 3 has control characters in its name \"b\\u000a\"",
                        "column 4 has control characters in its name \"\\ud800\"",
                        "column 5 has control characters in its name \"x\\u0000\"");
    }

    @Test
    void boundsNamesStringsAndNesting() {
        assertThatThrownBy(() -> read("[{\"" + "x".repeat(10_000) + "\":1}]"))
                .isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> read("[{\"a\":" + "1".repeat(600) + "}]"))
                .isInstanceOf(StreamConstraintsException.class);
        refusal(ErrorCode.DATASET_SHAPE, () -> read("[".repeat(1_000)));
    }

    @Test
    void boundsRowsColumnsAndCells() throws IOException {
        assertThat(read(objects(Uploads.MOST_ROWS, 1)).table().rows()).isEqualTo(Uploads.MOST_ROWS);
        tooLarge(objects(Uploads.MOST_ROWS + 1, 1), "20 rows");
        tooLarge(objects(1, Uploads.MOST_COLUMNS + 1), "10 columns");
        tooLarge(objects(11, Uploads.MOST_COLUMNS), "100 values");
    }

    private void tooLarge(String json, String bound) {
        assertThat(refusal(ErrorCode.DATASET_TOO_LARGE, () -> read(json))).hasMessageContaining(bound);
    }

    private static String objects(int rows, int columns) {
        String object = IntStream.range(0, columns)
                .mapToObj(column -> "\"c" + column + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        return IntStream.range(0, rows).mapToObj(row -> object).collect(Collectors.joining(",", "[", "]"));
    }

    private Uploads.Read read(String json) throws IOException {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    private Uploads.Read read(byte[] body) throws IOException {
        Reading reading = new Reading(DatasetFormat.JSON, CsvOptions.NONE, StandardCharsets.UTF_8, SaidTypes.NONE);
        return Uploads.read(
                new DataFolder(root), body, (upload, bounds) -> new JsonTable(upload, reading, bounds).read());
    }
}

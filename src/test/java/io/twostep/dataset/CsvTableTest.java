package io.twostep.dataset;

import static io.twostep.dataset.Uploads.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.features.TextValue;
import io.twostep.storage.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    @TempDir
    Path root;

    @Test
    void writesEveryRowInOnePlainForm() throws IOException {
        Uploads.Read read = read("a, b\r\n1,NA\r\"say \"\"x, y\"\"\", \n\n\"two\nlines\",\"\"");

        assertThat(read.table().columns())
                .containsExactly(new Column("a", Kind.UNKNOWN), new Column("b", Kind.UNKNOWN));
        assertThat(read.table().rows()).isEqualTo(3);
        assertThat(read.lines()).containsExactly("\"1\",", "\"say \"\"x, y\"\"\",", "\"two", "lines\",");
        assertThat(read.table().inferred())
                .isEqualTo(new Inferred(
                        DatasetFormat.CSV,
                        "utf-8",
                        ",",
                        "\"",
                        true,
                        List.of("NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?"),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a,b,c ~ 44 ~ 3",
                "a;b;c ~ 59 ~ 3",
                "a\\tb\\tc ~ 9 ~ 3",
                "a|b|c ~ 124 ~ 3",
                "\"a,x\";\"b,y\";c ~ 59 ~ 3",
                "\"say \"\"a;b;c\"\"\",d ~ 44 ~ 2",
                "5\" pipe;b;c ~ 59 ~ 3",
                " \"x;y;z\" , b ~ 44 ~ 2",
                "only ~ 44 ~ 1",
                "a,b;c ~ 44 ~ 2",
            })
    void findsTheDelimiterInTheHeader(String header, int delimiter, int columns) throws IOException {
        String tabbed = header.replace("\\t", "\t");
        String row = "1" + String.valueOf((char) delimiter).concat("1").repeat(columns - 1);
        Uploads.Read read = read("\n" + tabbed + "\n" + row + "\n");

        assertThat(read.table().columns()).hasSize(columns);
        assertThat(read.table().inferred().delimiter()).isEqualTo(String.valueOf((char) delimiter));
    }

    @Test
    void takesTheTabOnlyWhereTheFormatSaysSo() throws IOException {
        Uploads.Read read = read(DatasetFormat.TSV, "a,b\tc\n1\t\n".getBytes(StandardCharsets.UTF_8));

        assertThat(read.table().names()).containsExactly("a,b", "c");
        assertThat(read.lines()).containsExactly("\"1\",");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, EFBBBF, utf-8", "UTF-16LE, FFFE, utf-16le", "UTF-16BE, FEFF, utf-16be", "UTF-8, '', utf-8"})
    void readsTextByItsByteOrderMark(String charset, String mark, String encoding) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(java.util.HexFormat.of().parseHex(mark));
        body.write("n\u00e9,\u4e2d\nx,\ud83d\ude00\n".getBytes(Charset.forName(charset)));
        Uploads.Read read = read(DatasetFormat.CSV, body.toByteArray());

        assertThat(read.table().names()).containsExactly("n\u00e9", "\u4e2d");
        assertThat(read.lines()).containsExactly("\"x\",\"\ud83d\ude00\"");
        assertThat(read.table().inferred().encoding()).isEqualTo(encoding);
    }

    @ParameterizedTest
    @CsvSource({
        "612C620A312C320A332CFF0A, 3",
        "61FF0A31, 1",
        "612C620A312CC3, 2",
        "612C620A312CEDA0800A, 2",
        "FFFE61000A003100D8, 2",
        "FFFE00D861000A003100, 1",
    })
    void tellsTheLineWithBytesThatAreNoText(String hex, int line) {
        byte[] body = java.util.HexFormat.of().parseHex(hex);

        assertThat(refusal(ErrorCode.MALFORMED_CSV, () -> read(DatasetFormat.CSV, body)))
                .hasMessage(
                        "On line " + line + " there are bytes that are no text: a NUL character, or an encoding other"
                                + " than UTF-8 or, with a byte order mark, UTF-16.");
    }

    @Test
    void tellsTheLineWithBytesThatAreNoTextFarBehindTheStart() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("a\n" + "\n".repeat(30_000) + "1\n").getBytes(StandardCharsets.UTF_8));
        body.write(0xC3);

        assertThat(refusal(ErrorCode.MALFORMED_CSV, () -> read(DatasetFormat.CSV, body.toByteArray())))
                .hasMessageStartingWith("On line 30003 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\r\n \n", "a,b", "a,b\n", "a,b\r\r\n"})
    void refusesATableWithoutRows(String csv) {
        refusal(ErrorCode.DATASET_EMPTY, () -> read(csv));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a,b|1,2|3 ~ The row on line 3 has 1 value where the header has 2.",
                "a,b||1,2|3,4,5 ~ The row on line 4 has 3 values where the header has 2.",
                "a,b|1,2|'' ~ The row on line 3 has 1 value where the header has 2.",
            })
    void tellsTheLineOfARowOfAnotherWidth(String csv, String detail) {
        String lines = csv.replace('|', '\n').replace("''", "\"\"");

        assertThat(refusal(ErrorCode.DATASET_SHAPE, () -> read(lines + "\n"))).hasMessage(detail);
    }

    @Test
    void countsTheLinesInsideQuotes() {
        assertThat(refusal(ErrorCode.DATASET_SHAPE, () -> read("a,b\r\n\"x\r\ny\r\nz\",1\r\n2\r\n")))
                .hasMessageStartingWith("The row on line 5 ");
        assertThat(refusal(ErrorCode.DATASET_SHAPE, () -> read("a,b\r\"x\ry\rz\",1\r2\r")))
                .hasMessageStartingWith("The row on line 5 ");
    }

    @Test
    void tellsEveryColumnNameThatBreaksARule() {
        String header = "a,,a,b\u0007," + "x".repeat(257) + ",\"two\nlines\"," + "y".repeat(256);

        assertThat(refusal(ErrorCode.INVALID_COLUMN_NAME, () -> read(header + "\n1,2,3,4,5,6,7\n"))
                        .problems())
                .extracting(Problem::pointer, Problem::detail)
                .containsExactly(
                        tuple("", "column 2 has no name"),
                        tuple("", "column 3 has the name \"a\" of column 1"),
                        tuple("", "column 4 has control characters in its name \"b\\u0007\""),
                        tuple("", "column 5 has a name of 257 characters; 256 are allowed"),
                        tuple("", "column 6 has control characters in its name \"two\\u000alines\""));
    }

    @Test
    void takesEveryMarkerForMissing() throws IOException {
        String rows = String.join(
                "\n",
                TextValue.MISSING_MARKERS.stream()
                        .map(marker -> "1,\" " + marker + " \"")
                        .toList());

        assertThat(read("a,b\n" + rows + "\n").lines()).hasSize(9).containsOnly("\"1\",");
        assertThat(read("a,b\n1,none\n1,-\n1,nil\n").lines())
                .containsExactly("\"1\",\"none\"", "\"1\",\"-\"", "\"1\",\"nil\"");
    }

    @Test
    void readsASingleColumnWhoseMissingValuesAreQuotedOrMarked() throws IOException {
        assertThat(read("a\n1\n\"\"\nNA\n\n2\n").lines()).containsExactly("\"1\"", "", "", "\"2\"");
    }

    @Test
    void boundsRowsColumnsCellsAndLines() throws IOException {
        assertThat(read("a\n" + "1\n".repeat(Uploads.MOST_ROWS)).table().rows()).isEqualTo(Uploads.MOST_ROWS);
        tooLarge("a\n" + "1\n".repeat(Uploads.MOST_ROWS + 1), "20 rows");
        tooLarge("a,b,c,d,e,f,g,h,i,j,k\n1,2,3,4,5,6,7,8,9,0,1\n", "10 columns");
        tooLarge("a,b,c,d,e,f,g,h,i,j\n" + "1,2,3,4,5,6,7,8,9,0\n".repeat(11), "100 values");
        tooLarge("a\n" + "x".repeat(Uploads.LONGEST_LINE + 1) + "\n", "2000 characters");
        tooLarge("a\n\"" + "x\n".repeat(Uploads.LONGEST_LINE), "2000 characters");
        tooLarge(" ".repeat(Uploads.LONGEST_LINE + 2), "2000 characters");
    }

    private void tooLarge(String csv, String bound) {
        assertThat(refusal(ErrorCode.DATASET_TOO_LARGE, () -> read(csv))).hasMessageContaining(bound);
    }

    private Uploads.Read read(String csv) throws IOException {
        return read(DatasetFormat.CSV, csv.getBytes(StandardCharsets.UTF_8));
    }

    private Uploads.Read read(DatasetFormat format, byte[] body) throws IOException {
        return Uploads.read(
                new DataFolder(root), body, (upload, bounds) -> new CsvTable(upload, format, bounds).read());
    }
}

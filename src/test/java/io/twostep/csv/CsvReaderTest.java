package io.twostep.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n",
                "a,b\r\n1,2\r\n",
                "a,b\r1,2\r",
                "a,b\n1,2",
                "a,b\r\n1,2\n",
                "\n\na,b\n\n1,2\n\n",
                "a,b\r1,2\n\r\n\r"
            })
    void takesEveryLineEndAndPassesOverBlankLines(String text) throws IOException {
        assertThat(records(text, ',')).containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    @Test
    void readsQuotedFields() throws IOException {
        assertThat(records("\"x, y\",\"say \"\"hi\"\"\",\"two\nlines\",\"\"\n", ','))
                .containsExactly(List.of("x, y", "say \"hi\"", "two\nlines", ""));
    }

    @Test
    void takesAQuoteInsideAnUnquotedFieldAsItIs() throws IOException {
        assertThat(records("5\" pipe,b\n", ',')).containsExactly(List.of("5\" pipe", "b"));
    }

    @Test
    void stripsBlanksAroundFields() throws IOException {
        assertThat(records(" a ,\t\"b\" ,c\n", ',')).containsExactly(List.of("a", "b", "c"));
        assertThat(records(" a \t\"b\"\t\n", '\t')).containsExactly(List.of("a", "b", ""));
    }

    @Test
    void keepsEmptyFields() throws IOException {
        assertThat(records("a,,\n,,\n", ',')).containsExactly(List.of("a", "", ""), List.of("", "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b\\n1,\"x\\n3,4\\n | The quote that opens on line 2, column 2, is never closed.",
                "a\\r\\n1\\r\\n\"x\\ry\\r\\nz\"w | On line 5, column 1, a closing quote is followed by more text.",
                "a,b\\r1,\"x\\r3 | The quote that opens on line 2, column 2, is never closed.",
                "a\\n\"x\\0\" | On line 2, column 1, there are bytes that are no text: a NUL character, or an encoding other than the one that was found or named.",
                "a\\n\"x\"y\\n | On line 2, column 1, a closing quote is followed by more text.",
                "a\\nx\\0y\\n | On line 2, column 1, there are bytes that are no text: a NUL character, or an encoding other than the one that was found or named.",
            })
    void tellsTheLineThatIsMalformed(String text, String detail) {
        String csv = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
        assertThatThrownBy(() -> records(csv, ',')).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_CSV);
            assertThat(e).hasMessage(detail);
        });
    }

    @Test
    void tellsAnEmptyValueFromABlankLine() throws IOException {
        assertThat(records("a\n\"\"\n\n  \n1\n", ',')).containsExactly(List.of("a"), List.of(""), List.of("1"));
    }

    @Test
    void takesRunsOfBlanksForADelimiter() throws IOException {
        assertThat(records("  a  b\t c\n1 \"x y\" 3 \n\t\n4\t5  6", ' '))
                .containsExactly(List.of("a", "b", "c"), List.of("1", "x y", "3"), List.of("4", "5", "6"));
    }

    @Test
    void takesABackslashForACharacterUnlessTheDialectEscapesWithIt() throws IOException {
        assertThat(records("\"C:\\dir\\\",\\n\n", ',')).containsExactly(List.of("C:\\dir\\", "\\n"));
        assertThat(records("\"say \\\"hi\\\" \\\\ \\n \"\"\",b\n", new Dialect(',', "\"", true)))
                .containsExactly(List.of("say \"hi\" \\ \\n \"", "b"));
    }

    @Test
    void readsOtherQuotesAndNone() throws IOException {
        assertThat(records("'x, ''y''',\"z\n", new Dialect(',', "'", false))).containsExactly(List.of("x, 'y'", "\"z"));
        assertThat(records("\"x,y\"\n", new Dialect(',', "", false))).containsExactly(List.of("\"x", "y\""));
    }

    @Test
    void readsLongTextsInPieces() throws IOException {
        String value = "0123456789,\r\n".repeat(400) + "end";
        String text = ("a,\"" + value + "\"\r\n").repeat(20);
        assertThat(records(text, ',')).hasSize(20).containsOnly(List.of("a", value));
    }

    @Test
    void boundsTheLengthOfARow() {
        assertThatThrownBy(() ->
                        new CsvReader(new StringReader("x".repeat(101)), new Dialect(',', "\"", false), 100, 9).next())
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_TOO_LARGE));
    }

    @Test
    void boundsTheValuesOfARow() {
        assertThatThrownBy(() ->
                        new CsvReader(new StringReader("1,2\n1,2,3\n"), new Dialect(',', "\"", false), 100, 1).next())
                .hasMessage("The row on line 1 has more than 1 values.");
    }

    @Test
    void readsBlankLinesIfAskedTo() throws IOException {
        CsvReader reader = new CsvReader(new StringReader("a\n\n \n1\n"), new Dialect(',', "\"", false), 100, 9);
        List<List<String>> records = new ArrayList<>();
        while (reader.nextLine()) {
            records.add(reader.record().values());
        }
        assertThat(records).containsExactly(List.of("a"), List.of(""), List.of(""), List.of("1"));
    }

    private static List<List<String>> records(String text, char delimiter) throws IOException {
        return records(text, new Dialect(delimiter, "\"", false));
    }

    private static List<List<String>> records(String text, Dialect dialect) throws IOException {
        CsvReader reader = new CsvReader(new StringReader(text), dialect, 10_000, 1_000);
        List<List<String>> records = new ArrayList<>();
        while (reader.next()) {
            records.add(reader.record().values());
        }
        return records;
    }
}

package io.twostep.prediction.web;

import io.twostep.prediction.InputColumns;
import io.twostep.prediction.Instances;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads bodies that are as they should be, {@code {"instances": [[0.5, "red"], {"size": 2}]}} with the columns that
 * the model has, several times faster than a general parser. At the first thing that is not plain it
 * gives up, whether that is wrong or only unusual: {@link InstancesReader} then decides, and finds the words for it.
 *
 * <p>Each method takes the place where something should begin, blanks before it aside, and returns the place behind it;
 * or {@link #NOWHERE}, where nothing begins, if it is not there or not plain.
 */
final class PlainInstances {

    private static final int NOWHERE = -1;

    /** Longer names and categories are for the reader that knows all limits. */
    private static final int LONGEST_TEXT = 256;

    private final byte[] json;
    private final Instances instances;
    private final InputColumns columns;
    private final JsonMapper mapper;
    private final JsonNumber number;

    /** The last row that named a column. */
    private final int[] named;

    PlainInstances(byte[] json, Instances instances, JsonMapper mapper) {
        this.json = json;
        this.instances = instances;
        this.columns = instances.columns();
        this.mapper = mapper;
        this.number = new JsonNumber(json);
        this.named = new int[columns.count()];
    }

    /**
     * Reads the whole body.
     *
     * @return whether all of it is plain; if not, some of it is among the instances
     * @throws io.twostep.error.ServiceException too-many-instances
     */
    boolean read() {
        int rows = take('[', take(':', takeName("instances", take('{', 0))));
        return skipBlanks(take('}', readRows(rows))) == json.length;
    }

    private int readRows(int start) {
        int comma = start;
        int at = NOWHERE;
        while (comma != NOWHERE) {
            instances.startRow();
            int array = take('[', comma);
            at = array != NOWHERE ? readArray(array) : readObject(take('{', comma));
            comma = take(',', at);
        }
        return take(']', at);
    }

    private int readArray(int start) {
        int at = readValue(0, start);
        for (int position = 1; position < columns.count() && at != NOWHERE; position++) {
            at = readValue(position, take(',', at));
        }
        return take(']', at);
    }

    private int readObject(int start) {
        int end = take('}', start);
        if (end != NOWHERE) {
            return end;
        }
        int comma = start;
        int at = NOWHERE;
        int position = -1;
        while (comma != NOWHERE) {
            int name = skipBlanks(comma);
            position = columnNamed(name, position + 1);
            if (position < 0 || named[position] == instances.rows()) {
                return NOWHERE;
            }
            named[position] = instances.rows();
            at = readValue(position, take(':', endOfText(name)));
            comma = take(',', at);
        }
        return take('}', at);
    }

    /** The position of the column whose name stands here, most likely {@code expected}; or -1. */
    private int columnNamed(int start, int expected) {
        if (expected < columns.count() && takeName(columns.name(expected), start) != NOWHERE) {
            return expected;
        }
        String name = text(start, endOfText(start));
        return name == null ? -1 : columns.position(name);
    }

    private int readValue(int position, int start) {
        int at = skipBlanks(start);
        int end = number.read(at);
        if (end != NOWHERE) {
            return setNumber(position, at, end) ? end : NOWHERE;
        }
        return switch (octet(at)) {
            case 'n' -> takeWord("null", at);
            case 't' -> instances.set(position, "true") == null ? takeWord("true", at) : NOWHERE;
            case 'f' -> instances.set(position, "false") == null ? takeWord("false", at) : NOWHERE;
            case '"' -> readText(position, at);
            default -> NOWHERE;
        };
    }

    /** Sets a column to the number that was read last, as a text column to what is written. */
    private boolean setNumber(int position, int start, int end) {
        String fault = columns.isNumeric(position)
                ? instances.set(position, number.value())
                : instances.set(position, ascii(start, end));
        return fault == null;
    }

    private int readText(int position, int start) {
        int end = endOfText(start);
        String text = text(start, end);
        return text != null && instances.set(position, text) == null ? end : NOWHERE;
    }

    /** The place behind the string that begins here, if it is not a long one. */
    private int endOfText(int start) {
        if (octet(start) != '"') {
            return NOWHERE;
        }
        int at = start + 1;
        while (octet(at) != '"') {
            if ((octet(at) >= 0 && octet(at) < ' ') || at - start > LONGEST_TEXT) {
                return NOWHERE; // a control, or the end of the body
            }
            at += octet(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** What is written between two places, or null if that is no string. */
    private @Nullable String text(int start, int end) {
        if (end == NOWHERE) {
            return null;
        }
        for (int at = start + 1; at < end - 1; at++) {
            if (!isPlain(json[at])) {
                return decoded(start, end);
            }
        }
        return ascii(start + 1, end - 1);
    }

    private String ascii(int start, int end) {
        return new String(json, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** A string with escapes, or characters beyond ASCII. */
    private @Nullable String decoded(int start, int end) {
        try (JsonParser parser = mapper.createParser(json, start, end - start)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Goes past a string if it is this one, written without escapes. */
    private int takeName(String name, int start) {
        int first = skipBlanks(start) + 1;
        int end = first + name.length();
        if (octet(first - 1) != '"' || octet(end) != '"') {
            return NOWHERE;
        }
        for (int i = 0; i < name.length(); i++) {
            if (json[first + i] != name.charAt(i) || !isPlain(name.charAt(i))) {
                return NOWHERE;
            }
        }
        return end + 1;
    }

    private int takeWord(String word, int start) {
        for (int i = 0; i < word.length(); i++) {
            if (octet(start + i) != word.charAt(i)) {
                return NOWHERE;
            }
        }
        return start + word.length();
    }

    private int take(char wanted, int start) {
        int at = octet(start) == wanted ? start : skipBlanks(start);
        return octet(at) == wanted ? at + 1 : NOWHERE;
    }

    private int skipBlanks(int start) {
        int at = start;
        while (isBlank(octet(at))) {
            at++;
        }
        return at;
    }

    /** The byte at a place; 0 where there is none. */
    private int octet(int place) {
        return place >= 0 && place < json.length ? json[place] : 0;
    }

    private static boolean isBlank(int octet) {
        return octet <= ' ' && (octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t');
    }

    /** ASCII that stands for itself within a string. */
    private static boolean isPlain(int character) {
        return character >= ' ' && character < 0x7f && character != '"' && character != '\\';
    }
}

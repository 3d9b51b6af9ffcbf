package io.twostep.prediction.web;

import io.twostep.features.TextValue;
import io.twostep.prediction.InputColumns;
import io.twostep.prediction.Instances;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads bodies that are as they should be, {@code {"instances": [[0.5, "red"], {"size": 2}]}} with the columns and the
 * kinds of values that the model has, several times faster than a general parser. At the first thing that is not plain it
 * gives up, whether that is wrong or only unusual: {@link InstancesReader} then decides, and finds the words for it.
 */
final class PlainInstances {

    /** Longer names and categories are for the reader that knows all limits. */
    private static final int LONGEST_TEXT = 256;

    private final byte[] json;
    private final Instances instances;
    private final InputColumns columns;
    private final JsonMapper mapper;
    private final JsonNumber number;
    private final int[] lastRow;
    private int at;

    PlainInstances(byte[] json, Instances instances, JsonMapper mapper) {
        this.json = json;
        this.instances = instances;
        this.columns = instances.columns();
        this.mapper = mapper;
        this.number = new JsonNumber(json);
        this.lastRow = new int[columns.count()];
    }

    /**
     * Reads the whole body.
     *
     * @return whether all of it is plain; if not, some of it is among the instances
     * @throws io.twostep.error.ServiceException too-many-instances
     */
    boolean read() {
        return take('{') && takeName("instances") && take(':') && take('[') && readRows() && take('}') && isAtEnd();
    }

    private boolean readRows() {
        do {
            instances.startRow();
            if (!(take('[') ? readArray() : take('{') && readObject())) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private boolean readArray() {
        for (int position = 0; position < columns.count(); position++) {
            if ((position > 0 && !take(',')) || !readValue(position)) {
                return false;
            }
        }
        return take(']');
    }

    private boolean readObject() {
        if (take('}')) {
            return true;
        }
        int position = -1;
        do {
            position = readName(position + 1);
            if (position < 0 || lastRow[position] == instances.rows()) {
                return false;
            }
            lastRow[position] = instances.rows();
            if (!take(':') || !readValue(position)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    /** The position of the column that is named here, most likely {@code expected}; or -1. */
    private int readName(int expected) {
        if (expected < columns.count() && takeName(columns.name(expected))) {
            return expected;
        }
        String name = readText();
        return name == null ? -1 : columns.position(name);
    }

    private boolean readValue(int position) {
        skipBlanks();
        return switch (octet()) {
            case 'n' -> takeWord("null");
            case 't' -> takeWord("true") && set(position, "true");
            case 'f' -> takeWord("false") && set(position, "false");
            case '"' -> readCategory(position);
            default -> readNumber(position);
        };
    }

    private boolean readNumber(int position) {
        int end = number.read(at);
        if (end < 0 || !columns.isNumeric(position)) {
            return false;
        }
        at = end;
        return instances.set(position, number.value()) == null;
    }

    private boolean readCategory(int position) {
        String text = readText();
        return text != null && set(position, TextValue.category(text));
    }

    private boolean set(int position, String category) {
        return !columns.isNumeric(position) && instances.set(position, category) == null;
    }

    /** The string that begins here, or null if there is none, or a long one. */
    private @Nullable String readText() {
        skipBlanks();
        if (octet() != '"') {
            return null;
        }
        int start = at;
        boolean plain = true;
        for (at++; octet() != '"'; at++) {
            if ((octet() >= 0 && octet() < ' ') || at - start > LONGEST_TEXT) {
                return null; // a control, or the end of the body
            }
            plain &= isPlain(octet());
            at += octet() == '\\' ? 1 : 0;
        }
        at++;
        return plain
                ? new String(json, start + 1, at - start - 2, StandardCharsets.ISO_8859_1)
                : unescaped(start, at - start);
    }

    /** A string with escapes, or characters beyond ASCII. */
    private @Nullable String unescaped(int start, int length) {
        try (JsonParser parser = mapper.createParser(json, start, length)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Goes past a string if it is this one, written without escapes. */
    private boolean takeName(String name) {
        skipBlanks();
        int end = at + name.length() + 1;
        if (end >= json.length || json[at] != '"' || json[end] != '"' || name.length() > LONGEST_TEXT) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char wanted = name.charAt(i);
            if (json[at + 1 + i] != wanted || !isPlain(wanted)) {
                return false;
            }
        }
        at = end + 1;
        return true;
    }

    private boolean takeWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (octet() != word.charAt(i)) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean take(char wanted) {
        skipBlanks();
        if (octet() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private boolean isAtEnd() {
        skipBlanks();
        return at == json.length;
    }

    private void skipBlanks() {
        while (octet() == ' ' || octet() == '\n' || octet() == '\r' || octet() == '\t') {
            at++;
        }
    }

    /** The byte to be read next, 0 at the end. */
    private int octet() {
        return at < json.length ? json[at] : 0;
    }

    /** ASCII that stands for itself within a string. */
    private static boolean isPlain(int character) {
        return character >= ' ' && character < 0x7f && character != '"' && character != '\\';
    }
}

package io.twostep.prediction.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;

/** Chooses the form of an answer. */
final class AnswerWriters {

    private final AnswerWriter json;
    private final AnswerWriter csv = new CsvAnswerWriter();

    AnswerWriters(JsonMapper mapper) {
        json = new JsonAnswerWriter(mapper);
    }

    /**
     * The form that a client likes best; JSON where it has no preference.
     *
     * @param accept the header of that name, known to allow one of the forms
     */
    AnswerWriter of(@Nullable String accept) {
        if (accept == null || accept.equals(MediaType.ALL_VALUE) || accept.equals(MediaType.APPLICATION_JSON_VALUE)) {
            return json;
        }
        List<MediaType> ranges = MediaType.parseMediaTypes(accept);
        MimeTypeUtils.sortBySpecificity(ranges);
        for (MediaType range : ranges) {
            if (range.includes(MediaType.APPLICATION_JSON)) {
                return json;
            }
            if (range.includes(CsvAnswerWriter.CSV)) {
                return csv;
            }
        }
        return json;
    }
}

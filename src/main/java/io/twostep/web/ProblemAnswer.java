package io.twostep.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457), the body of every answer that tells of an error.
 *
 * @param type {@code urn:problem:} and the slug of the {@link ErrorCode}
 * @param instance the path that was asked for
 * @param errors all that is wrong, each with its place
 * @param traceId finds the entry in the log; only for what is our fault
 * @param maxBytes the limit that a body broke
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemAnswer(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        List<Entry> errors,
        @Nullable String traceId,
        @Nullable Long maxBytes) {

    private static final int LONGEST_DETAIL = 1000;
    private static final int LONGEST_INSTANCE = 256;

    /** One problem: in the body ({@code pointer}) or in the query ({@code parameter}). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(@Nullable String pointer, @Nullable String parameter, String detail) {

        static Entry of(ErrorCode code, Problem problem) {
            String detail = bounded(problem.detail());
            return code == ErrorCode.INVALID_PARAMETER
                    ? new Entry(null, problem.pointer(), detail)
                    : new Entry(Pointers.fragment(problem.pointer()), null, detail);
        }
    }

    static ProblemAnswer of(Fault fault, String path, @Nullable String traceId) {
        ErrorCode code = fault.code();
        return new ProblemAnswer(
                "urn:problem:" + code.slug(),
                code.title(),
                code.status(),
                bounded(fault.detail()),
                path.length() > LONGEST_INSTANCE ? null : path,
                fault.problems().stream()
                        .map(problem -> Entry.of(code, problem))
                        .toList(),
                traceId,
                fault.maxBytes());
    }

    private static String bounded(String text) {
        String visible = Excerpt.visible(text);
        return visible.length() <= LONGEST_DETAIL ? visible : visible.substring(0, LONGEST_DETAIL) + "…";
    }
}

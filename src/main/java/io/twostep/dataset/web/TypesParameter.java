package io.twostep.dataset.web;

import io.twostep.dataset.SaidType;
import io.twostep.dataset.SaidTypes;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what query parameters of the form {@code types=COLUMN:TYPE} say. All problems are gathered. */
final class TypesParameter {

    private final Map<String, SaidType> types = new LinkedHashMap<>();
    private final List<Problem> problems;

    private TypesParameter(List<Problem> problems) {
        this.problems = problems;
    }

    /** @param problems where those go that are found; the answer is of no use then */
    static SaidTypes read(String @Nullable [] texts, List<Problem> problems) {
        if (texts == null) {
            return SaidTypes.NONE;
        }
        TypesParameter parameter = new TypesParameter(problems);
        for (String text : texts) {
            parameter.add(text);
        }
        return new SaidTypes(parameter.types);
    }

    /** The last colon parts the two, since the name of a column may hold others. */
    private void add(String text) {
        int colon = text.lastIndexOf(':');
        Optional<SaidType> type = SaidType.named(text.substring(colon + 1));
        if (colon < 1 || type.isEmpty()) {
            refuse("must be COLUMN:TYPE, where TYPE is one of " + SaidType.names() + ", but was "
                    + Excerpt.quoted(text));
            return;
        }
        String column = text.substring(0, colon);
        if (types.put(column, type.get()) != null) {
            refuse("must name the column " + Excerpt.quoted(column) + " once");
        }
    }

    private void refuse(String detail) {
        problems.add(new Problem(SaidTypes.PARAMETER, detail));
    }
}

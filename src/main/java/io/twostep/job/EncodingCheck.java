package io.twostep.job;

import io.twostep.dataset.DatasetColumn;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.features.CategoryEncoding;
import io.twostep.features.ColumnEncoding;
import io.twostep.features.ColumnPolicy;
import io.twostep.features.Encoding;
import io.twostep.features.UnseenCategory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what a request says about single columns can be said about them. */
final class EncodingCheck {

    private final Encoding encoding;
    private final UnseenCategory unseen;
    private final Findings findings;

    private EncodingCheck(TrainingRequest request, Findings findings) {
        this.encoding = request.encoding();
        this.unseen = request.unseen();
        this.findings = findings;
    }

    /** @param features the columns to learn from */
    static void check(TrainingRequest request, Columns columns, List<String> features, Findings findings) {
        EncodingCheck check = new EncodingCheck(request, findings);
        request.encoding().columns().keySet().forEach(name -> check.checkName(name, columns, features));
        List<DatasetColumn> found =
                features.stream().flatMap(name -> columns.find(name).stream()).toList();
        found.forEach(check::checkKinds);
        found.stream().filter(column -> !column.type().isNumeric()).forEach(check::checkNoneIsRefused);
    }

    private void checkName(String name, Columns columns, List<String> features) {
        String pointer = pointer(name);
        columns.check(pointer, name, findings);
        if (columns.find(name).isPresent() && !features.contains(name)) {
            findings.column(pointer, "is no column to predict from");
        }
    }

    private void checkKinds(DatasetColumn column) {
        ColumnEncoding own = encoding.columns().get(column.name());
        String pointer = pointer(column.name());
        if (own != null && column.dateOrder() == null) {
            refuse(own.dateParts(), pointer + "/date_parts", "is for dates, but the column holds none");
        }
        if (own != null && column.type().isNumeric()) {
            refuse(own.category(), pointer + "/category", "is for text, but the column holds numbers");
            refuse(own.unseen(), pointer + "/unseen", "is for text, but the column holds numbers");
        } else if (own != null) {
            refuse(own.numeric(), pointer + "/numeric", "is for numbers, but the column holds text");
            refuse(own.missing(), pointer + "/missing", "is for numbers, but the column holds text");
        }
    }

    /** A hash takes whatever comes. */
    private void checkNoneIsRefused(DatasetColumn column) {
        ColumnPolicy policy = encoding.policy(column.name(), unseen);
        if (policy.category() instanceof CategoryEncoding.Hash && policy.unseen() == UnseenCategory.REJECT) {
            ColumnEncoding own = encoding.columns().get(column.name());
            boolean isOwn = own != null && own.category() != null;
            findings.column(
                    isOwn ? pointer(column.name()) + "/category" : "/encoding/category",
                    "must not be hash where unseen categories are refused, for column " + Excerpt.quoted(column.name())
                            + ": a hash tells nothing unseen");
        }
    }

    private static String pointer(String column) {
        return "/encoding/columns/" + Problem.token(column);
    }

    private void refuse(@Nullable Object said, String pointer, String detail) {
        if (said != null) {
            findings.column(pointer, detail);
        }
    }
}

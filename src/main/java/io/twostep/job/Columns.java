package io.twostep.job;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.Excerpt;
import io.twostep.error.Spelling;
import java.util.List;
import java.util.Optional;

/** The columns of a dataset as a request names them. */
record Columns(Dataset dataset) {

    List<String> names() {
        return dataset.columnNames();
    }

    Optional<DatasetColumn> find(String name) {
        return dataset.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    /** Notes which of the columns that stand in a list of the request are not there. */
    void check(String pointer, List<String> wanted, Findings findings) {
        for (int i = 0; i < wanted.size(); i++) {
            check(pointer + "/" + i, wanted.get(i), findings);
        }
    }

    /** Notes it if there is no column of that name. */
    void check(String pointer, String name, Findings findings) {
        if (find(name).isEmpty()) {
            findings.column(
                    pointer, "the dataset has no column " + Excerpt.quoted(name) + Spelling.hint(name, names()));
        }
    }
}

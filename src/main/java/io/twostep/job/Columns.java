package io.twostep.job;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.Excerpt;
import io.twostep.error.Spelling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns of a dataset as a request names them. */
public final class Columns {

    /** Names that are not there, of one list: with each goes a look at all that are. */
    private static final int MOST_FINDINGS = 20;

    private final Dataset dataset;
    private final List<String> names;
    private final Map<String, DatasetColumn> byName = new HashMap<>();

    public Columns(Dataset dataset) {
        this.dataset = dataset;
        this.names = dataset.columnNames();
        dataset.columns().forEach(column -> byName.put(column.name(), column));
    }

    public Dataset dataset() {
        return dataset;
    }

    public List<String> names() {
        return names;
    }

    public Optional<DatasetColumn> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Columns that are there, in that order. */
    public List<DatasetColumn> all(List<String> wanted) {
        return wanted.stream().map(name -> find(name).orElseThrow()).toList();
    }

    /** Notes which of the columns that stand in a list of the request are not there, up to some. */
    public void check(String pointer, List<String> wanted, Findings findings) {
        if (wanted.size() > names.size()) {
            findings.column(
                    pointer, "names " + wanted.size() + " columns; the dataset has only " + names.size() + " of them");
        }
        int unknown = 0;
        for (int i = 0; i < wanted.size() && unknown < MOST_FINDINGS; i++) {
            if (!byName.containsKey(wanted.get(i))) {
                unknown++;
                check(pointer + "/" + i, wanted.get(i), findings);
            }
        }
    }

    /** Notes which columns are not there that one place of the request asks for, up to some. */
    public void checkAll(String pointer, List<String> wanted, Findings findings) {
        wanted.stream()
                .filter(name -> !byName.containsKey(name))
                .limit(MOST_FINDINGS)
                .forEach(name -> check(pointer, name, findings));
    }

    /** Notes it if there is no column of that name. */
    public void check(String pointer, String name, Findings findings) {
        if (!byName.containsKey(name)) {
            findings.column(pointer, "the dataset has no column " + Excerpt.quoted(name) + Spelling.hint(name, names));
        }
    }
}

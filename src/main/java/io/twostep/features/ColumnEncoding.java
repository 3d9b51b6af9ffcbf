package io.twostep.features;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said about one column; what is null is as for all columns. */
public record ColumnEncoding(
        @Nullable NumberScaling numeric,
        @Nullable MissingNumber missing,
        @Nullable CategoryEncoding category,
        @Nullable UnseenCategory unseen,
        @Nullable Set<DatePart> dateParts) {}

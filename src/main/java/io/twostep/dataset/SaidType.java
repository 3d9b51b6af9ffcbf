package io.twostep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twostep.features.DateOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a column is to be read as, whatever its values look like; those that are not of the type are missing then. */
public enum SaidType {
    /** Decimal numbers, in the notation of the table. */
    @JsonProperty("number")
    NUMBER(ColumnType.NUMBER, null),
    /** Text as it is written. */
    @JsonProperty("category")
    CATEGORY(ColumnType.CATEGORY, null),
    /** Text that training leaves out if nobody asks for it. */
    @JsonProperty("text")
    TEXT(ColumnType.TEXT, null),
    /** Dates, see {@link DateOrder#YEAR_FIRST}. */
    @JsonProperty("year_first")
    YEAR_FIRST(ColumnType.DATE, DateOrder.YEAR_FIRST),
    /** Dates, see {@link DateOrder#DAY_FIRST}. */
    @JsonProperty("day_first")
    DAY_FIRST(ColumnType.DATE, DateOrder.DAY_FIRST),
    /** Dates, see {@link DateOrder#MONTH_FIRST}. */
    @JsonProperty("month_first")
    MONTH_FIRST(ColumnType.DATE, DateOrder.MONTH_FIRST);

    private final ColumnType type;
    private final @Nullable DateOrder dateOrder;

    SaidType(ColumnType type, @Nullable DateOrder dateOrder) {
        this.type = type;
        this.dateOrder = dateOrder;
    }

    /** The type of the column that comes of it. */
    public ColumnType type() {
        return type;
    }

    /** How its dates are written; null if it holds none. */
    public @Nullable DateOrder dateOrder() {
        return dateOrder;
    }

    /** The type of that name. */
    public static Optional<SaidType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.text().equals(name)).findFirst();
    }

    /** The names of all of them, for a message. */
    public static String names() {
        return Arrays.stream(values()).map(SaidType::text).collect(Collectors.joining(", "));
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
